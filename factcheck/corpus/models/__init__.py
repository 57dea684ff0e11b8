"""The corpus's tables."""

from factcheck.corpus.models.analysis import AnalysisRun, ArticleComparison, Detection, RunMode, ShadowReport
from factcheck.corpus.models.article import Access, Article, ArticleReader, LeftOut, Outlet, Revision
from factcheck.corpus.models.calibration import CalibrationVersion
from factcheck.corpus.models.conflict import ConflictPair, Decision, PairStatus
from factcheck.corpus.models.feed import Feed, FeedItem, FeedState, ItemState, PollResult, Site
from factcheck.corpus.models.index import ArticleTerm, RevisionWords, StatementEncoding, StatementWords, TextKey
from factcheck.corpus.models.inquiry import Inquiry
from factcheck.corpus.models.retrieval import Retrieval
from factcheck.corpus.models.speaker import Speaker, SpeakerAlias
from factcheck.corpus.models.statement import Anchor, Echo, Statement
from factcheck.corpus.models.watch import Watch, Watcher, WatchResult

__all__ = [
    "Access",
    "AnalysisRun",
    "Anchor",
    "Article",
    "ArticleComparison",
    "ArticleReader",
    "ArticleTerm",
    "CalibrationVersion",
    "ConflictPair",
    "Decision",
    "Detection",
    "Echo",
    "Feed",
    "FeedItem",
    "FeedState",
    "Inquiry",
    "ItemState",
    "LeftOut",
    "Outlet",
    "PairStatus",
    "PollResult",
    "Retrieval",
    "Revision",
    "RevisionWords",
    "RunMode",
    "ShadowReport",
    "Site",
    "Speaker",
    "SpeakerAlias",
    "Statement",
    "StatementEncoding",
    "StatementWords",
    "TextKey",
    "Watch",
    "WatchResult",
    "Watcher",
]
