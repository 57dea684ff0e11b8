from typing import Any

from django.urls import path, re_path

from factcheck.api import documentation
from factcheck.api.articles import ArticleViewSet
from factcheck.api.claims import ClaimViewSet
from factcheck.api.comments import CommentViewSet
from factcheck.api.conflicts import ConflictViewSet
from factcheck.api.evidence import EvidenceViewSet
from factcheck.api.exports import ExportViewSet
from factcheck.api.feeds import FeedViewSet
from factcheck.api.imports import ImportViewSet, RowProblemViewSet
from factcheck.api.inquiries import InquiryViewSet
from factcheck.api.jobs import JobViewSet
from factcheck.api.matches import MatchViewSet
from factcheck.api.publications import PublicationViewSet
from factcheck.api.retrievals import RetrievalViewSet
from factcheck.api.reviews import ReviewRevisionViewSet, ReviewViewSet
from factcheck.api.revisions import RevisionViewSet
from factcheck.api.speakers import SpeakerViewSet
from factcheck.api.statements import StatementViewSet
from factcheck.api.verdicts import ScaleViewSet, VerdictViewSet
from factcheck.api.webhooks import DeliveryViewSet, WebhookViewSet

app_name = "api"

LIST: dict[str, Any] = {"get": "list"}
ONE: dict[str, Any] = {"get": "retrieve"}

urlpatterns = [
    path("v1/articles", ArticleViewSet.as_view({**LIST, "post": "create"}), name="articles"),
    path("v1/articles/batch", ArticleViewSet.as_view({"post": "create_batch"}), name="articles-batch"),
    path("v1/articles/fetch", RetrievalViewSet.as_view({"post": "fetch"}), name="articles-fetch"),
    path("v1/articles/<uuid:pk>", ArticleViewSet.as_view({**ONE, "patch": "edit"}), name="article"),
    path(
        "v1/articles/<uuid:pk>/revisions", RevisionViewSet.as_view({**LIST, "post": "revise"}), name="article-revisions"
    ),
    path("v1/articles/<uuid:pk>/revisions/diff", RevisionViewSet.as_view({"get": "diff"}), name="article-diff"),
    path("v1/articles/<uuid:pk>/watch", ArticleViewSet.as_view({"post": "watch"}), name="article-watch"),
    path("v1/articles/<uuid:pk>/unwatch", ArticleViewSet.as_view({"post": "unwatch"}), name="article-unwatch"),
    path("v1/articles/<uuid:pk>/look", ArticleViewSet.as_view({"post": "look"}), name="article-look"),
    path("v1/articles/<uuid:pk>/statements", StatementViewSet.as_view({"post": "add"}), name="article-statements"),
    path("v1/jobs", JobViewSet.as_view(LIST), name="jobs"),
    path("v1/jobs/<uuid:pk>", JobViewSet.as_view(ONE), name="job"),
    path("v1/jobs/<uuid:pk>/retry", JobViewSet.as_view({"post": "retry"}), name="job-retry"),
    path("v1/jobs/<uuid:pk>/cancel", JobViewSet.as_view({"post": "cancel"}), name="job-cancel"),
    path("v1/feeds", FeedViewSet.as_view({**LIST, "post": "create"}), name="feeds"),
    path("v1/feeds/<uuid:pk>", FeedViewSet.as_view({**ONE, "patch": "change"}), name="feed"),
    path("v1/feeds/<uuid:pk>/pause", FeedViewSet.as_view({"post": "pause"}), name="feed-pause"),
    path("v1/feeds/<uuid:pk>/resume", FeedViewSet.as_view({"post": "resume"}), name="feed-resume"),
    path("v1/feeds/<uuid:pk>/poll", FeedViewSet.as_view({"post": "poll"}), name="feed-poll"),
    path("v1/feeds/<uuid:pk>/end", FeedViewSet.as_view({"post": "end"}), name="feed-end"),
    path("v1/statements", StatementViewSet.as_view(LIST), name="statements"),
    path("v1/statements/compare", InquiryViewSet.as_view({"post": "compare"}), name="statements-compare"),
    path("v1/statements/<uuid:pk>/places", StatementViewSet.as_view({"get": "places"}), name="statement-places"),
    path("v1/match", MatchViewSet.as_view({"post": "match"}), name="match"),
    path("v1/statements/<uuid:pk>", StatementViewSet.as_view({**ONE, "patch": "mend"}), name="statement"),
    path("v1/statements/<uuid:pk>/split", StatementViewSet.as_view({"post": "split"}), name="statement-split"),
    path("v1/statements/<uuid:pk>/merge", StatementViewSet.as_view({"post": "merge"}), name="statement-merge"),
    path("v1/statements/<uuid:pk>/withdraw", StatementViewSet.as_view({"post": "withdraw"}), name="statement-withdraw"),
    path("v1/statements/<uuid:pk>/undo", StatementViewSet.as_view({"post": "undo"}), name="statement-undo"),
    path(
        "v1/statements/<uuid:pk>/comments",
        CommentViewSet.as_view({"post": "say_of_statement"}),
        name="statement-comments",
    ),
    path("v1/speakers", SpeakerViewSet.as_view(LIST), name="speakers"),
    path("v1/speakers/<uuid:pk>", SpeakerViewSet.as_view({**ONE, "patch": "edit"}), name="speaker"),
    path("v1/speakers/<uuid:pk>/merge", SpeakerViewSet.as_view({"post": "merge"}), name="speaker-merge"),
    path("v1/speakers/<uuid:pk>/part", SpeakerViewSet.as_view({"post": "part"}), name="speaker-part"),
    path("v1/conflicts", ConflictViewSet.as_view(LIST), name="conflicts"),
    path("v1/conflicts/<uuid:pk>", ConflictViewSet.as_view(ONE), name="conflict"),
    path("v1/conflicts/<uuid:pk>/decide", ConflictViewSet.as_view({"post": "decide"}), name="conflict-decide"),
    path("v1/conflicts/<uuid:pk>/reopen", ConflictViewSet.as_view({"post": "reopen"}), name="conflict-reopen"),
    path(
        "v1/conflicts/<uuid:pk>/comments", CommentViewSet.as_view({"post": "say_of_conflict"}), name="conflict-comments"
    ),
    path("v1/claims", ClaimViewSet.as_view({**LIST, "post": "create"}), name="claims"),
    path("v1/claims/<uuid:pk>", ClaimViewSet.as_view({**ONE, "patch": "reword"}), name="claim"),
    path("v1/claims/<uuid:pk>/take", ClaimViewSet.as_view({"post": "take"}), name="claim-take"),
    path("v1/claims/<uuid:pk>/close", ClaimViewSet.as_view({"post": "close"}), name="claim-close"),
    path("v1/claims/<uuid:pk>/reopen", ClaimViewSet.as_view({"post": "reopen"}), name="claim-reopen"),
    path("v1/claims/<uuid:pk>/settle", ClaimViewSet.as_view({"post": "settle"}), name="claim-settle"),
    path("v1/claims/<uuid:pk>/verdicts", VerdictViewSet.as_view({"post": "start"}), name="claim-verdicts"),
    path("v1/claims/<uuid:pk>/comments", CommentViewSet.as_view({"post": "say_of_claim"}), name="claim-comments"),
    path("v1/claims/<uuid:pk>/publication", PublicationViewSet.as_view(ONE), name="claim-publication"),
    path("v1/claims/<uuid:pk>/publish", PublicationViewSet.as_view({"post": "publish"}), name="claim-publish"),
    path("v1/claims/<uuid:pk>/correct", PublicationViewSet.as_view({"post": "correct"}), name="claim-correct"),
    path("v1/claims/<uuid:pk>/withdraw", PublicationViewSet.as_view({"post": "withdraw"}), name="claim-withdraw"),
    path(
        "v1/claims/<uuid:pk>/start-correction",
        VerdictViewSet.as_view({"post": "start_correction"}),
        name="claim-start-correction",
    ),
    path("v1/comments", CommentViewSet.as_view(LIST), name="comments"),
    path(
        "v1/comments/<uuid:pk>",
        CommentViewSet.as_view({**ONE, "patch": "edit", "delete": "retract"}),
        name="comment",
    ),
    path("v1/comments/<uuid:pk>/resolve", CommentViewSet.as_view({"post": "resolve"}), name="comment-resolve"),
    path("v1/comments/<uuid:pk>/reopen", CommentViewSet.as_view({"post": "reopen"}), name="comment-reopen"),
    path("v1/verdicts", VerdictViewSet.as_view(LIST), name="verdicts"),
    path("v1/verdicts/<uuid:pk>", VerdictViewSet.as_view({**ONE, "put": "write"}), name="verdict"),
    path("v1/verdicts/<uuid:pk>/evidence", VerdictViewSet.as_view({"post": "attach"}), name="verdict-evidence"),
    path(
        "v1/verdicts/<uuid:pk>/evidence/<uuid:evidence_id>",
        VerdictViewSet.as_view({"delete": "detach"}),
        name="evidence",
    ),
    path("v1/evidence", EvidenceViewSet.as_view(LIST), name="all-evidence"),
    path("v1/evidence/<uuid:pk>", EvidenceViewSet.as_view(ONE), name="one-evidence"),
    path("v1/verdicts/<uuid:pk>/submit", VerdictViewSet.as_view({"post": "submit"}), name="verdict-submit"),
    path("v1/verdicts/<uuid:pk>/approve", VerdictViewSet.as_view({"post": "approve"}), name="verdict-approve"),
    path("v1/verdicts/<uuid:pk>/send-back", VerdictViewSet.as_view({"post": "send_back"}), name="verdict-send-back"),
    path("v1/reviews", ReviewViewSet.as_view(LIST), name="reviews"),
    path("v1/reviews/<uuid:pk>", ReviewViewSet.as_view(ONE), name="review"),
    path("v1/reviews/<uuid:pk>/revisions", ReviewRevisionViewSet.as_view(LIST), name="review-revisions"),
    path("v1/imports", ImportViewSet.as_view({**LIST, "post": "hand_in"}), name="imports"),
    path("v1/imports/<uuid:pk>", ImportViewSet.as_view(ONE), name="import"),
    path("v1/imports/<uuid:pk>/problems", RowProblemViewSet.as_view(LIST), name="import-problems"),
    path("v1/imports/<uuid:pk>/run", ImportViewSet.as_view({"post": "run"}), name="import-run"),
    path("v1/imports/<uuid:pk>/cancel", ImportViewSet.as_view({"post": "cancel"}), name="import-cancel"),
    path("v1/imports/<uuid:pk>/resume", ImportViewSet.as_view({"post": "go_on"}), name="import-resume"),
    path("v1/imports/<uuid:pk>/take-back", ImportViewSet.as_view({"post": "take_back"}), name="import-take-back"),
    path("v1/exports", ExportViewSet.as_view({**LIST, "post": "ask"}), name="exports"),
    path("v1/exports/<uuid:pk>", ExportViewSet.as_view({**ONE, "delete": "discard"}), name="export"),
    path("v1/exports/<uuid:pk>/file", ExportViewSet.as_view({"get": "download"}), name="export-file"),
    path("v1/exports/<uuid:pk>/cancel", ExportViewSet.as_view({"post": "cancel"}), name="export-cancel"),
    path("v1/exports/<uuid:pk>/resume", ExportViewSet.as_view({"post": "go_on"}), name="export-resume"),
    path("v1/reviews/<uuid:pk>/revisions/<int:number>", ReviewRevisionViewSet.as_view(ONE), name="review-revision"),
    path(
        "v1/reviews/<uuid:pk>/revisions/<int:number>/changes",
        ReviewRevisionViewSet.as_view({"get": "changes"}),
        name="review-changes",
    ),
    path("v1/rating-scales", ScaleViewSet.as_view(LIST), name="rating-scales"),
    path("v1/webhooks", WebhookViewSet.as_view({**LIST, "post": "create"}), name="webhooks"),
    path(
        "v1/webhooks/<uuid:pk>",
        WebhookViewSet.as_view({**ONE, "put": "change", "delete": "remove"}),
        name="webhook",
    ),
    path("v1/webhooks/<uuid:pk>/rotate", WebhookViewSet.as_view({"post": "rotate"}), name="webhook-rotate"),
    path("v1/webhooks/<uuid:pk>/switch-on", WebhookViewSet.as_view({"post": "switch_on"}), name="webhook-on"),
    path("v1/webhooks/<uuid:pk>/switch-off", WebhookViewSet.as_view({"post": "switch_off"}), name="webhook-off"),
    path("v1/webhooks/<uuid:pk>/test", DeliveryViewSet.as_view({"post": "ping"}), name="webhook-test"),
    path("v1/webhooks/<uuid:pk>/send-missed", WebhookViewSet.as_view({"post": "send_missed"}), name="webhook-missed"),
    path("v1/deliveries", DeliveryViewSet.as_view(LIST), name="deliveries"),
    path("v1/deliveries/<uuid:pk>", DeliveryViewSet.as_view(ONE), name="delivery"),
    path("v1/deliveries/<uuid:pk>/redeliver", DeliveryViewSet.as_view({"post": "redeliver"}), name="redeliver"),
    path("schema", documentation.show_schema, name="schema"),
    path("docs", documentation.show_documentation, name="documentation"),
    re_path(r"^(?P<rest>.*)$", documentation.show_nothing, name="nothing"),
]
