"""What must hold of decisions whatever died when: each check yields a sentence per violation."""

from collections.abc import Iterator

from django.db.models import Count, F

from factcheck.claims.models import (
    Approval,
    Claim,
    Comment,
    Guideline,
    ImportedReview,
    RatingScale,
    ReviewImport,
    Verdict,
    VerdictState,
)
from factcheck.ledger.invariants import unnumbered


def check_claims() -> Iterator[str]:
    """Everything this room promises."""
    yield from unnumbered(Claim, Verdict, RatingScale, Guideline, Comment, ImportedReview)
    yield from _imports()
    own = Approval.objects.filter(verdict__solo=False, verdict__authors__person=F("person"))
    yield from (f"verdict {row.verdict_id} was approved by one of its authors" for row in own)
    counted = Verdict.objects.annotate(given=Count("approvals"))
    yield from (
        f"verdict {row.pk} is approved by nobody" for row in counted.filter(state=VerdictState.APPROVED, given=0)
    )
    bare = Claim.objects.annotate(places=Count("appearances")).filter(places=0)
    yield from (f"claim {row.pk} appears nowhere" for row in bare)


def _imports() -> Iterator[str]:
    """The figures of an import are those of the rows behind it."""
    told = F("added") + F("changed") + F("unchanged") + F("refused")
    wrong = ReviewImport.objects.exclude(position=told)
    yield from (f"import {row.pk} does not say what became of each row" for row in wrong)
