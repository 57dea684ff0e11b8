"""What every address of the API asks. The views hold the same in `rights`; the tests compare the two."""

from collections.abc import Mapping

from factcheck.newsroom.permissions import Action
from factcheck.newsroom.routes import Door, Route, shows, takes

ROUTES: Mapping[str, Route] = {
    "api:articles": Route({"GET": Action.READ_ARTICLE, "POST": Action.ADD_ARTICLE}),
    "api:articles-batch": takes(Action.ADD_ARTICLE),
    "api:article": shows(Action.READ_ARTICLE, "article"),
    "api:article-revisions": shows(Action.READ_ARTICLE, "article"),
    "api:jobs": shows(Action.FOLLOW_WORK),
    "api:job": shows(Action.FOLLOW_WORK, "job"),
    "api:job-retry": takes(Action.RETRY_JOB, "job"),
    "api:job-cancel": takes(Action.CANCEL_JOB, "job"),
    "api:statements": shows(Action.READ_ARTICLE),
    "api:articles-fetch": takes(Action.ADD_ARTICLE),
    "api:statements-compare": takes(Action.COMPARE_STATEMENT),
    "api:match": takes(Action.COMPARE_STATEMENT),
    "api:statement": shows(Action.READ_ARTICLE, "statement"),
    "api:speakers": shows(Action.READ_ARTICLE),
    "api:speaker": shows(Action.READ_ARTICLE, "speaker"),
    "api:conflicts": shows(Action.READ_ARTICLE),
    "api:conflict": shows(Action.READ_ARTICLE, "pair"),
    "api:conflict-decide": takes(Action.DECIDE_PAIR, "pair"),
    "api:conflict-reopen": takes(Action.DECIDE_PAIR, "pair"),
    "api:claims": Route({"GET": Action.READ_ARTICLE, "POST": Action.OPEN_CLAIM}),
    "api:claim": Route({"GET": Action.READ_ARTICLE, "PATCH": Action.OPEN_CLAIM}, "claim"),
    "api:claim-take": takes(Action.TAKE_CLAIM, "claim"),
    "api:claim-close": takes(Action.CLOSE_CLAIM, "claim"),
    "api:claim-reopen": takes(Action.CLOSE_CLAIM, "claim"),
    "api:claim-verdicts": takes(Action.WRITE_VERDICT, "claim"),
    "api:verdicts": shows(Action.READ_ARTICLE),
    "api:verdict": Route({"GET": Action.READ_ARTICLE, "PUT": Action.WRITE_VERDICT}, "verdict"),
    "api:verdict-evidence": takes(Action.ATTACH_EVIDENCE, "verdict"),
    "api:evidence": Route({"DELETE": Action.WRITE_VERDICT}, "verdict"),
    "api:verdict-submit": takes(Action.WRITE_VERDICT, "verdict"),
    "api:verdict-approve": takes(Action.APPROVE_VERDICT, "verdict"),
    "api:verdict-send-back": takes(Action.SEND_BACK_VERDICT, "verdict"),
    "api:rating-scales": shows(Action.READ_ARTICLE),
    "api:reviews": shows(Door.PUBLIC),
    "api:review": shows(Door.PUBLIC),
    "api:review-revisions": shows(Door.PUBLIC),
    "api:schema": shows(Door.PUBLIC),
    "api:documentation": shows(Door.PUBLIC),
    "api:nothing": shows(Door.PUBLIC),  # whatever else begins with /api/: a problem document with 404
    "google:claims-search": shows(Door.PUBLIC),
    "google:image-search": shows(Door.PUBLIC),
    "google:nothing": shows(Door.PUBLIC),  # whatever else Google's API has: its own shape of 404
}
