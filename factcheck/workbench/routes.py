"""What every page asks, and which fields its form may send: anything else is refused before a view sees it."""

from collections.abc import Mapping

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.forms import Form

from factcheck.newsroom.permissions import Action
from factcheck.newsroom.routes import Door, Route, shows, takes
from factcheck.workbench import (
    forms,
    forms_articles,
    forms_corrections,
    forms_exchange,
    forms_feeds,
    forms_lists,
    forms_own,
    forms_people,
    forms_publication,
    forms_team,
    forms_tokens,
    forms_webhooks,
)

# Every form of a browser carries its token; nothing else comes unasked.
ALWAYS = frozenset({"csrfmiddlewaretoken"})


def _of(form: type[Form], *more: str) -> frozenset[str]:
    return frozenset({*form.base_fields, *more})


def _both(action: Action) -> Mapping[str, Action]:
    """A page that is looked at, and whose form is sent to it."""
    return {"GET": action, "POST": action}


_VERSION, _BACK = _of(forms.VersionForm), _of(forms.BackForm)

ROUTES: Mapping[str, Route] = {
    "workbench:inbox": shows(Door.PUBLIC),  # what is published, for whoever is not signed in
    "workbench:search": shows(Door.SIGNED_IN),
    "workbench:arrivals": shows(Door.SIGNED_IN),
    "workbench:tour": takes(Door.SIGNED_IN, fields=_of(forms_own.TourForm)),
    "workbench:sign-in": Route(
        {"GET": Door.PUBLIC, "POST": Door.PUBLIC}, fields=_of(AuthenticationForm, "next", "carried")
    ),
    "workbench:sign-out": takes(Door.SIGNED_IN),
    "workbench:join": Route({"GET": Door.PUBLIC, "POST": Door.PUBLIC}, fields=_of(forms_people.JoinForm)),
    "workbench:people": shows(Action.MANAGE_PEOPLE),
    "workbench:person-invite": takes(Action.MANAGE_PEOPLE, fields=_of(forms_people.InviteForm)),
    "workbench:person-role": takes(Action.MANAGE_PEOPLE, "person", _of(forms_people.RoleForm)),
    "workbench:person-link": takes(Action.MANAGE_PEOPLE, "person", _of(forms_people.OnDeskForm)),
    "workbench:person-disable": takes(Action.MANAGE_PEOPLE, "person"),
    "workbench:person-enable": takes(Action.MANAGE_PEOPLE, "person"),
    "workbench:link-withdraw": takes(Action.MANAGE_PEOPLE, "link"),
    "workbench:role-confirm": takes(Action.MANAGE_PEOPLE, "role_request"),
    "workbench:role-refuse": takes(Action.MANAGE_PEOPLE, "role_request"),
    "workbench:tokens": shows(Action.CREATE_TOKEN),
    "workbench:token-make": takes(Action.CREATE_TOKEN, fields=_of(forms_tokens.TokenForm), many=["scopes"]),
    "workbench:token-rotate": takes(Action.ROTATE_TOKEN, "token", _of(forms_tokens.GraceForm)),
    "workbench:token-revoke": takes(Action.REVOKE_TOKEN, "token"),
    "workbench:account": Route(
        {"GET": Door.SIGNED_IN, "POST": Door.SIGNED_IN}, fields=_of(PasswordChangeForm) | {"old_password"}
    ),
    "workbench:account-look": takes(Door.SIGNED_IN, fields=_of(forms_own.LookForm)),
    "workbench:account-keys": takes(Door.SIGNED_IN, fields=forms_own.KeysForm.field_names()),
    "workbench:sign-out-everywhere": takes(Door.SIGNED_IN),
    "workbench:article-add": Route(
        {"GET": Action.ADD_ARTICLE, "POST": Action.ADD_ARTICLE}, fields=_of(forms_articles.ArticleForm)
    ),
    "workbench:retrieval": shows(Action.ADD_ARTICLE, "retrieval"),
    "workbench:retrieval-insist": takes(Action.ADD_ARTICLE, "retrieval"),
    "workbench:feeds": shows(Action.READ_FEEDS),
    "workbench:feeds-opml": shows(Action.READ_FEEDS),
    "workbench:feeds-import": takes(Action.EDIT_FEED, fields=_of(forms_feeds.ListForm)),
    "workbench:feed-look": takes(Action.EDIT_FEED, fields=_of(forms_feeds.LookForm)),
    "workbench:feed": shows(Action.READ_FEEDS, "feed"),
    "workbench:feed-subscribe": takes(Action.EDIT_FEED, "feed", _of(forms_feeds.FeedForm)),
    "workbench:feed-change": takes(Action.EDIT_FEED, "feed", _of(forms_feeds.FeedForm)),
    "workbench:feed-pause": takes(Action.EDIT_FEED, "feed", _BACK),
    "workbench:feed-resume": takes(Action.EDIT_FEED, "feed", _BACK),
    "workbench:feed-poll": takes(Action.EDIT_FEED, "feed"),
    "workbench:feed-end": takes(Action.EDIT_FEED, "feed", _VERSION),
    "workbench:article": shows(Action.READ_ARTICLE, "article"),
    "workbench:article-edit": Route(_both(Action.EDIT_ARTICLE), "article", _of(forms_articles.EditArticleForm)),
    "workbench:article-progress": shows(Action.READ_ARTICLE, "article"),
    "workbench:article-revisions": shows(Action.READ_ARTICLE, "article"),
    "workbench:article-watch": takes(Action.WATCH_ARTICLE, "article", _of(forms_articles.WatchForm)),
    "workbench:article-restrict": takes(Action.RESTRICT_ARTICLE, "article", _VERSION),
    "workbench:article-archive": takes(Action.ARCHIVE_ARTICLE, "article", _BACK),
    "workbench:article-restore": takes(Action.ARCHIVE_ARTICLE, "article", _VERSION),
    "workbench:statement-add": Route(
        {"GET": Action.CORRECT_STATEMENT, "POST": Action.CORRECT_STATEMENT},
        "article",
        _of(forms_corrections.AddStatementForm),
    ),
    "workbench:statement": shows(Action.READ_ARTICLE, "statement"),
    "workbench:statement-mend": takes(Action.CORRECT_STATEMENT, "statement", _of(forms_corrections.MendStatementForm)),
    "workbench:statement-split": takes(Action.CORRECT_STATEMENT, "statement", _of(forms_corrections.SplitForm)),
    "workbench:statement-merge": takes(Action.CORRECT_STATEMENT, "statement", _of(forms_corrections.MergeForm)),
    "workbench:statement-remove": takes(Action.CORRECT_STATEMENT, "statement", _VERSION),
    "workbench:statement-undo": takes(Action.CORRECT_STATEMENT, "statement", _of(forms_corrections.UndoForm)),
    "workbench:speaker": shows(Action.READ_ARTICLE, "speaker"),
    "workbench:speaker-edit": takes(Action.CORRECT_SPEAKER, "speaker", _of(forms_corrections.SpeakerForm)),
    "workbench:speaker-merge": takes(Action.CORRECT_SPEAKER, "speaker", _of(forms_corrections.MergeSpeakerForm)),
    "workbench:speaker-part": takes(Action.CORRECT_SPEAKER, "speaker", _VERSION),
    "workbench:outlet": shows(Action.READ_ARTICLE, "outlet"),
    "workbench:outlet-rename": takes(Action.EDIT_OUTLET, "outlet", _of(forms_corrections.OutletForm)),
    "workbench:view-counts": shows(Door.SIGNED_IN),
    "workbench:view-save": takes(Door.MEMBER, fields=_of(forms_lists.SaveViewForm)),
    "workbench:view-put-back": takes(Door.MEMBER, fields=_of(forms_lists.PutBackViewForm)),
    "workbench:view-alert": takes(Door.MEMBER, fields=_of(forms_lists.AlertForm)),
    "workbench:view-remove": takes(Action.SHARE_VIEW, "view"),
    "workbench:claim-tag": takes(Action.TAG, "claim", _of(forms_lists.TagForm)),
    "workbench:pair-tag": takes(Action.TAG, "pair", _of(forms_lists.TagForm)),
    "workbench:article-tag": takes(Action.TAG, "article", _of(forms_lists.TagForm)),
    "workbench:bulk-plan": takes(Action.CHANGE_MANY, fields=_of(forms_lists.BulkForm), many={"chosen"}),
    "workbench:bulk-start": takes(Action.CHANGE_MANY, fields=_of(forms_lists.BulkForm), many={"chosen"}),
    "workbench:bulk": shows(Action.CHANGE_MANY, "bulk"),
    "workbench:bulk-cancel": takes(Action.CHANGE_MANY, "bulk"),
    "workbench:bulk-undo": takes(Action.CHANGE_MANY, "bulk"),
    "workbench:bulk-redo": takes(Action.CHANGE_MANY, "bulk"),
    "workbench:jobs": shows(Action.READ_JOBS),
    "workbench:job-retry-all": takes(Action.RETRY_JOB, fields=_of(forms.RetryAllForm)),
    "workbench:job-retry": takes(Action.RETRY_JOB, "job", _of(forms.JobForm)),
    "workbench:job-cancel": takes(Action.CANCEL_JOB, "job", _of(forms.JobForm)),
    "workbench:imports": Route(_both(Action.IMPORT_REVIEWS), fields=_of(forms_exchange.ImportForm)),
    "workbench:import": shows(Action.IMPORT_REVIEWS, "import"),
    "workbench:import-report": shows(Action.IMPORT_REVIEWS, "import"),
    "workbench:import-start": takes(Action.IMPORT_REVIEWS, "import"),
    "workbench:import-cancel": takes(Action.IMPORT_REVIEWS, "import"),
    "workbench:import-resume": takes(Action.IMPORT_REVIEWS, "import"),
    "workbench:import-take-back": takes(Action.IMPORT_REVIEWS, "import"),
    "workbench:exports": Route(_both(Action.EXPORT_PUBLISHED), fields=_of(forms_exchange.ExportForm)),
    "workbench:export": shows(Action.EXPORT_PUBLISHED, "export"),
    "workbench:export-file": shows(Action.EXPORT_PUBLISHED, "export"),
    "workbench:export-cancel": takes(Action.EXPORT_PUBLISHED, "export"),
    "workbench:export-resume": takes(Action.EXPORT_PUBLISHED, "export"),
    "workbench:export-remove": takes(Action.EXPORT_PUBLISHED, "export"),
    "workbench:shadow-reports": shows(Action.READ_SHADOW_REPORT),
    "workbench:shadow-report": shows(Action.READ_SHADOW_REPORT, "report"),
    "workbench:calibrations": shows(Action.READ_CALIBRATION),
    "workbench:calibration": shows(Action.READ_CALIBRATION, "calibration"),
    "workbench:calibration-propose": takes(Action.CALIBRATE, fields=_of(forms.CalibrateForm)),
    "workbench:calibration-adopt": takes(Action.CALIBRATE, "calibration", _VERSION),
    "workbench:calibration-set-aside": takes(Action.CALIBRATE, "calibration", _VERSION),
    "workbench:inquiry-ask": takes(Action.COMPARE_STATEMENT, fields=_of(forms.InquiryForm)),
    "workbench:inquiry": shows(Action.COMPARE_STATEMENT, "inquiry"),
    "workbench:conflict-next": shows(Door.SIGNED_IN),
    "workbench:conflicts-hidden": shows(Door.SIGNED_IN),
    "workbench:conflict": shows(Action.READ_ARTICLE, "pair"),
    "workbench:conflict-decide": takes(Action.DECIDE_PAIR, "pair", _of(forms.DecisionForm)),
    "workbench:conflict-put-back": takes(Action.DECIDE_PAIR, "pair", _of(forms.PutDecisionBackForm)),
    "workbench:conflict-reopen": takes(Action.DECIDE_PAIR, "pair", _of(forms.ReopenForm)),
    "workbench:claim-open": Route(
        {"GET": Action.OPEN_CLAIM, "POST": Action.OPEN_CLAIM}, "pair", _of(forms.OpenClaimForm)
    ),
    "workbench:claim": shows(Action.READ_ARTICLE, "claim"),
    "workbench:claim-reword": takes(Action.OPEN_CLAIM, "claim", _of(forms.RewordForm)),
    "workbench:claim-take": takes(Action.TAKE_CLAIM, "claim"),
    "workbench:claim-settle": takes(Action.CLOSE_CLAIM, "claim"),
    "workbench:claim-unsettle": takes(Action.CLOSE_CLAIM, "claim"),
    "workbench:claim-close": takes(Action.CLOSE_CLAIM, "claim", _BACK),
    "workbench:claim-reopen": takes(Action.CLOSE_CLAIM, "claim", _BACK),
    "workbench:claim-earlier": shows(Action.READ_ARTICLE, "claim"),
    "workbench:claim-dossier": shows(Action.READ_ARTICLE, "claim"),
    "workbench:claim-comment": takes(Action.COMMENT, "claim", _of(forms.CommentForm)),
    "workbench:conflict-comment": takes(Action.COMMENT, "pair", _of(forms.CommentForm)),
    "workbench:statement-comment": takes(Action.COMMENT, "statement", _of(forms.CommentForm)),
    "workbench:comment-edit": Route(
        {"GET": Action.MEND_COMMENT, "POST": Action.MEND_COMMENT}, "comment", _of(forms.MendForm)
    ),
    "workbench:comment-delete": takes(Action.MEND_COMMENT, "comment", _VERSION),
    "workbench:comment-restore": takes(Action.MEND_COMMENT, "comment", _VERSION),
    "workbench:comment-resolve": takes(Action.COMMENT, "comment", _BACK),
    "workbench:comment-reopen": takes(Action.COMMENT, "comment", _VERSION),
    "workbench:claim-here": takes(Action.READ_ARTICLE, "claim", _of(forms.PresenceForm)),
    "workbench:verdict-draft": takes(Action.WRITE_VERDICT, "claim", _of(forms.VerdictForm)),
    "workbench:verdict-preview": takes(Action.WRITE_VERDICT, "claim", _of(forms.PreviewForm)),
    "workbench:guidelines": Route(
        {"GET": Action.READ_ARTICLE, "POST": Action.EDIT_GUIDELINES}, "desk", _of(forms.GuidelinesForm)
    ),
    "workbench:rating-scale": takes(
        Action.EDIT_GUIDELINES, "scale", _of(forms.ScaleForm, *forms.ScaleForm(None).fields)
    ),
    "workbench:verdict": shows(Action.READ_ARTICLE, "verdict"),
    "workbench:verdict-write": takes(Action.WRITE_VERDICT, "claim", _of(forms.VerdictForm)),
    "workbench:verdict-put-back": takes(Action.WRITE_VERDICT, "claim", _of(forms.PutBackForm)),
    "workbench:claim-publish": Route(
        {"GET": Action.READ_ARTICLE, "POST": Action.PUBLISH_REVIEW}, "claim", _of(forms_publication.PublishForm)
    ),
    "workbench:claim-correct": takes(Action.CORRECT_REVIEW, "claim", _of(forms_publication.CorrectForm)),
    "workbench:claim-withdraw": takes(Action.WITHDRAW_REVIEW, "claim", _of(forms_publication.WithdrawForm)),
    "workbench:claim-start-correction": takes(Action.WRITE_VERDICT, "claim"),
    # One form, two buttons: the note comes with either.
    "workbench:verdict-approve": takes(Action.APPROVE_VERDICT, "verdict", _of(forms.SendBackForm)),
    "workbench:verdict-send-back": takes(Action.SEND_BACK_VERDICT, "verdict", _of(forms.SendBackForm)),
    "workbench:verdict-submit": takes(Action.WRITE_VERDICT, "verdict", _VERSION),
    "workbench:submission-take-back": takes(Action.WRITE_VERDICT, "verdict", _VERSION),
    "workbench:approval-take-back": takes(Action.APPROVE_VERDICT, "verdict", _VERSION),
    "workbench:send-back-take-back": takes(Action.SEND_BACK_VERDICT, "verdict", _VERSION),
    "workbench:work": shows(Door.SIGNED_IN),
    "workbench:work-next-pair": takes(Action.DECIDE_PAIR, fields=_of(forms_team.LeaveForm)),
    "workbench:work-next-claim": takes(Action.TAKE_CLAIM),
    "workbench:work-next-article": takes(Action.CHECK_ARTICLE),
    "workbench:work-next-assessment": takes(Action.ASSESS),
    "workbench:work-release": takes(Action.RELEASE_WORK, fields=_of(forms_team.AssignmentForm)),
    "workbench:work-reassign": takes(Action.ASSIGN_WORK, fields=_of(forms_team.ReassignForm)),
    "workbench:claim-assign": Route(_both(Action.ASSIGN_CLAIM), "claim", _of(forms_team.AssignForm)),
    "workbench:pair-assign": Route(_both(Action.ASSIGN_WORK), "pair", _of(forms_team.AssignForm)),
    "workbench:article-assign": Route(_both(Action.ASSIGN_WORK), "article", _of(forms_team.AssignForm)),
    "workbench:pair-take": takes(Action.DECIDE_PAIR, "pair"),
    "workbench:article-take": takes(Action.CHECK_ARTICLE, "article"),
    "workbench:article-check": takes(Action.CHECK_ARTICLE, "article", _of(forms.UndoForm)),
    "workbench:article-uncheck": takes(Action.CHECK_ARTICLE, "article"),
    "workbench:assessment": Route(_both(Action.ASSESS), "claim", _of(forms_team.AssessmentForm)),
    "workbench:assessment-take-back": takes(Action.ASSESS, "claim"),
    "workbench:assessments-ask": takes(Action.ASK_ASSESSMENTS, "claim", _of(forms_team.AskForm)),
    "workbench:assessments-withdraw": takes(Action.ASK_ASSESSMENTS, "claim"),
    "workbench:adjudication": Route(_both(Action.ADJUDICATE), "claim", _of(forms_team.AdjudicationForm)),
    "workbench:adjudication-reopen": takes(Action.ADJUDICATE, "claim"),
    "workbench:adjudications": shows(Action.ADJUDICATE),
    "workbench:adjudication-next": shows(Action.ADJUDICATE),
    "workbench:agreement": shows(Action.READ_AGREEMENT),
    "workbench:agreement-csv": shows(Action.READ_AGREEMENT),
    "workbench:notices": shows(Door.SIGNED_IN),
    "workbench:notice-open": takes(Door.SIGNED_IN, fields=_of(forms_team.NoticeForm)),
    "workbench:notices-read": takes(Door.SIGNED_IN, fields=_of(forms_team.ReadAllForm)),
    "workbench:digest": takes(Door.SIGNED_IN, fields=_of(forms_team.DigestForm)),
    "workbench:desk-rules": Route(_both(Action.SET_RULES), fields=_of(forms_team.RulesForm)),
    "workbench:webhooks": shows(Action.EDIT_WEBHOOKS),
    "workbench:webhook-add": takes(Action.EDIT_WEBHOOKS, fields=_of(forms_webhooks.NewWebhookForm), many=("topics",)),
    "workbench:webhook": shows(Action.EDIT_WEBHOOKS, "webhook"),
    "workbench:webhook-change": takes(
        Action.EDIT_WEBHOOKS, "webhook", _of(forms_webhooks.ChangeWebhookForm), ("topics",)
    ),
    "workbench:webhook-rotate": takes(Action.EDIT_WEBHOOKS, "webhook", _of(forms_webhooks.RotateForm)),
    "workbench:webhook-test": takes(Action.EDIT_WEBHOOKS, "webhook"),
    "workbench:webhook-on": takes(Action.EDIT_WEBHOOKS, "webhook", _BACK),
    "workbench:webhook-off": takes(Action.EDIT_WEBHOOKS, "webhook", _BACK),
    "workbench:webhook-remove": takes(Action.EDIT_WEBHOOKS, "webhook", _VERSION),
    "workbench:webhook-missed": takes(Action.READ_DELIVERIES, "webhook"),
    "workbench:delivery-again": takes(Action.READ_DELIVERIES, "delivery"),
    "admin:index": shows(Door.MEMBER),
    "admin:corpus_article_changelist": shows(Door.MEMBER),
    "admin:corpus_conflictpair_changelist": shows(Door.MEMBER),
    "admin:claims_claim_changelist": shows(Door.MEMBER),
    "admin:corpus_speaker_changelist": shows(Door.MEMBER),
    "admin:corpus_outlet_changelist": shows(Door.MEMBER),
}
