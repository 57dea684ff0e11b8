"""What every page asks, and which fields its form may send: anything else is refused before a view sees it."""

from collections.abc import Mapping

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.forms import Form

from factcheck.newsroom.permissions import Action
from factcheck.newsroom.routes import Door, Route, shows, takes
from factcheck.workbench import forms, forms_publication

# Every form of a browser carries its token; nothing else comes unasked.
ALWAYS = frozenset({"csrfmiddlewaretoken"})


def _of(form: type[Form], *more: str) -> frozenset[str]:
    return frozenset({*form.base_fields, *more})


_VERSION = _of(forms.VersionForm)

ROUTES: Mapping[str, Route] = {
    "workbench:inbox": shows(Door.PUBLIC),  # what is published, for whoever is not signed in
    "workbench:sign-in": Route({"GET": Door.PUBLIC, "POST": Door.PUBLIC}, fields=_of(AuthenticationForm, "next")),
    "workbench:sign-out": takes(Door.SIGNED_IN),
    "workbench:account": Route(
        {"GET": Door.SIGNED_IN, "POST": Door.SIGNED_IN}, fields=_of(PasswordChangeForm) | {"old_password"}
    ),
    "workbench:sign-out-everywhere": takes(Door.SIGNED_IN),
    "workbench:article-add": Route(
        {"GET": Action.ADD_ARTICLE, "POST": Action.ADD_ARTICLE}, fields=_of(forms.ArticleForm)
    ),
    "workbench:article": shows(Action.READ_ARTICLE, "article"),
    "workbench:article-progress": shows(Action.READ_ARTICLE, "article"),
    "workbench:article-restrict": takes(Action.RESTRICT_ARTICLE, "article", _VERSION),
    "workbench:article-archive": takes(Action.ARCHIVE_ARTICLE, "article", _VERSION),
    "workbench:jobs": shows(Action.READ_JOBS),
    "workbench:job-retry-all": takes(Action.RETRY_JOB, fields=_of(forms.RetryAllForm)),
    "workbench:job-retry": takes(Action.RETRY_JOB, "job", _of(forms.JobForm)),
    "workbench:job-cancel": takes(Action.CANCEL_JOB, "job", _of(forms.JobForm)),
    "workbench:shadow-reports": shows(Action.READ_SHADOW_REPORT),
    "workbench:shadow-report": shows(Action.READ_SHADOW_REPORT, "report"),
    "workbench:calibrations": shows(Action.CALIBRATE),
    "workbench:calibration": shows(Action.CALIBRATE, "calibration"),
    "workbench:calibration-adopt": takes(Action.CALIBRATE, "calibration", _VERSION),
    "workbench:inquiry-ask": takes(Action.COMPARE_STATEMENT, fields=_of(forms.InquiryForm)),
    "workbench:inquiry": shows(Action.COMPARE_STATEMENT, "inquiry"),
    "workbench:conflict-next": shows(Door.SIGNED_IN),
    "workbench:conflict": shows(Action.READ_ARTICLE, "pair"),
    "workbench:conflict-decide": takes(Action.DECIDE_PAIR, "pair", _of(forms.DecisionForm)),
    "workbench:conflict-reopen": takes(Action.DECIDE_PAIR, "pair", _VERSION),
    "workbench:claim-open": Route(
        {"GET": Action.OPEN_CLAIM, "POST": Action.OPEN_CLAIM}, "pair", _of(forms.OpenClaimForm)
    ),
    "workbench:claim": shows(Action.READ_ARTICLE, "claim"),
    "workbench:claim-reword": takes(Action.OPEN_CLAIM, "claim", _of(forms.RewordForm)),
    "workbench:claim-take": takes(Action.TAKE_CLAIM, "claim"),
    "workbench:claim-close": takes(Action.CLOSE_CLAIM, "claim", _VERSION),
    "workbench:claim-reopen": takes(Action.CLOSE_CLAIM, "claim", _VERSION),
    "workbench:verdict-write": takes(Action.WRITE_VERDICT, "claim", _of(forms.VerdictForm)),
    "workbench:claim-publish": Route(
        {"GET": Action.READ_ARTICLE, "POST": Action.PUBLISH_REVIEW}, "claim", _of(forms_publication.PublishForm)
    ),
    "workbench:claim-correct": takes(Action.CORRECT_REVIEW, "claim", _of(forms_publication.CorrectForm)),
    "workbench:claim-withdraw": takes(Action.WITHDRAW_REVIEW, "claim", _of(forms_publication.WithdrawForm)),
    "workbench:claim-start-correction": takes(Action.WRITE_VERDICT, "claim"),
    # One form, two buttons: the note comes with either.
    "workbench:verdict-approve": takes(Action.APPROVE_VERDICT, "verdict", _of(forms.SendBackForm)),
    "workbench:verdict-send-back": takes(Action.SEND_BACK_VERDICT, "verdict", _of(forms.SendBackForm)),
    "admin:index": shows(Door.MEMBER),
    "admin:corpus_article_changelist": shows(Door.MEMBER),
    "admin:corpus_conflictpair_changelist": shows(Door.MEMBER),
    "admin:claims_claim_changelist": shows(Door.MEMBER),
    "admin:corpus_speaker_changelist": shows(Door.MEMBER),
    "admin:corpus_speaker_change": shows(Action.READ_ARTICLE, "speaker"),
    "admin:corpus_outlet_changelist": shows(Door.MEMBER),
    "admin:corpus_outlet_change": shows(Action.READ_ARTICLE, "outlet"),
}
