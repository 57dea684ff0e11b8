"""The control of the import test: rows are put behind an import first, and stored in a transaction of their own."""

import time
from typing import Any

from factcheck.claims.models import ImportState, ReviewImport
from factcheck.claims.services import importing
from factcheck.claims.services.imported_rows import store_rows
from factcheck.ledger.changes import record_change
from factcheck.ledger.jobs import report_progress


def _one_after_the_other(hand: Any, review_import: ReviewImport, rows: list[Any], whole: int) -> None:
    behind = review_import.position + len(rows)
    report_progress(hand.lease, str(behind), behind / whole)
    ReviewImport.objects.filter(pk=review_import.pk, state=ImportState.IMPORTING).update(position=behind)
    time.sleep(0.1)  # as a slow disk does, so that few kills are enough
    with record_change(actor=review_import.asked_by, now=hand.now()) as change:
        tally = store_rows(change, review_import, rows)
        ReviewImport.objects.filter(pk=review_import.pk).update(**tally.raised())
    review_import.position = behind


vars(importing)["_import"] = _one_after_the_other
