"""Which service does which kind of job."""

from collections.abc import Callable

from factcheck.claims.services.assignments import RETURN, return_abandoned
from factcheck.claims.services.digests import DIGEST, DIGESTS, ask_digests, write_digest
from factcheck.claims.services.flags import flag_changed_claims
from factcheck.claims.services.importing import (
    CHECK,
    IMPORT,
    TAKE_BACK,
    check_reviews,
    import_reviews,
    remove_reviews,
)
from factcheck.claims.services.knowing import KNOW, know_claims
from factcheck.corpus.services.bulk import run_bulk
from factcheck.corpus.services.calibrating import CALIBRATE, RESCORE, calibrate_desks, rescore_pairs
from factcheck.corpus.services.catching_up import catch_up
from factcheck.corpus.services.extraction import extract_article
from factcheck.corpus.services.indexing import INDEX
from factcheck.corpus.services.inquiries import COMPARE, FORGET, answer_inquiry, forget_inquiries
from factcheck.corpus.services.jobs import BULK
from factcheck.corpus.services.pairing import EXTRACT, PAIR, pair_article
from factcheck.corpus.services.polling import (
    FORGET_POLLS,
    LOOK_AT,
    POLL,
    POLLS,
    forget_polls,
    look_at_feed,
    poll_feed,
    poll_feeds,
)
from factcheck.corpus.services.pressure import TAKE
from factcheck.corpus.services.rematching import REMATCH, rematch_statements
from factcheck.corpus.services.retrieving import FETCH, retrieve
from factcheck.corpus.services.revising import FLAG
from factcheck.corpus.services.shadow import SHADOW, run_in_shadow
from factcheck.corpus.services.taking_items import take_item
from factcheck.corpus.services.watching import LOOK, WATCH, begin_looks, look_again
from factcheck.ledger.housekeeping import VERIFY, verify_audit
from factcheck.ledger.jobs import WorkInHand
from factcheck.newsroom.alerts import ALERT, look_at_views
from factcheck.newsroom.housekeeping import PURGE, purge_expired
from factcheck.newsroom.mail import MAIL, send_mail
from factcheck.publishing.exporting import EXPIRE, EXPORT, expire_exports, write_export
from factcheck.publishing.webhooks.housekeeping import FORGET_DELIVERIES, forget_deliveries

HANDLERS: dict[str, Callable[[WorkInHand], None]] = {
    EXTRACT: extract_article,
    PAIR: pair_article,
    REMATCH: rematch_statements,
    SHADOW: run_in_shadow,
    COMPARE: answer_inquiry,
    KNOW: know_claims,
    FORGET: forget_inquiries,
    FETCH: retrieve,
    WATCH: begin_looks,
    LOOK: look_again,
    FLAG: flag_changed_claims,
    LOOK_AT: look_at_feed,
    POLL: poll_feed,
    POLLS: poll_feeds,
    TAKE: take_item,
    FORGET_POLLS: forget_polls,
    BULK: run_bulk,
    RESCORE: rescore_pairs,
    CALIBRATE: calibrate_desks,
    INDEX: catch_up,
    CHECK: check_reviews,
    IMPORT: import_reviews,
    TAKE_BACK: remove_reviews,
    EXPORT: write_export,
    EXPIRE: expire_exports,
    VERIFY: verify_audit,
    PURGE: purge_expired,
    RETURN: return_abandoned,
    ALERT: look_at_views,
    DIGESTS: ask_digests,
    DIGEST: write_digest,
    MAIL: send_mail,
    FORGET_DELIVERIES: forget_deliveries,
}
