"""Which service does which kind of job."""

from collections.abc import Callable

from factcheck.corpus.services.extraction import extract_article
from factcheck.corpus.services.pairing import EXTRACT, PAIR, pair_article
from factcheck.ledger.jobs import WorkInHand

HANDLERS: dict[str, Callable[[WorkInHand], None]] = {EXTRACT: extract_article, PAIR: pair_article}
