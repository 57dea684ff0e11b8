"""What every page of the shell shows: the rail with its counts, and the last decision to take back."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Article, ConflictPair
from factcheck.corpus.services.jobs import jobs_listed_for
from factcheck.ledger.models import JobState
from factcheck.newsroom.models import Notice, User
from factcheck.workbench.undo import LastDecision, last_decision


@dataclass
class Rail:
    """Counts for the navigation; each is counted only if the page shows it."""

    person: User

    @cached_property
    def conflicts(self) -> int:
        """Pairs that wait for a decision."""
        return ConflictPair.objects.readable_by(self.person).awaiting_editor().count()

    @cached_property
    def claims(self) -> int:
        """Claims without a decision."""
        return Claim.objects.readable_by(self.person).unfinished().count()

    @cached_property
    def articles(self) -> int:
        """Articles not archived."""
        return Article.objects.readable_by(self.person).current().count()

    @cached_property
    def to_approve(self) -> int:
        """Verdicts that this person may be the second person for."""
        return Verdict.objects.awaiting(self.person).count()

    @cached_property
    def sent_back(self) -> int:
        """This person's verdicts that were sent back."""
        return Verdict.objects.sent_back_to(self.person).count()

    @cached_property
    def mine(self) -> int:
        """Unfinished claims that this person works on."""
        return Claim.objects.readable_by(self.person).assigned_to(self.person).unfinished().count()

    @cached_property
    def notices(self) -> int:
        """What this person was told and has not read."""
        return Notice.objects.to(self.person).unread().count()

    @cached_property
    def failed(self) -> int:
        """Jobs of this person's list that have failed."""
        return jobs_listed_for(self.person).filter(state=JobState.FAILED).count()


def rail(request: HttpRequest) -> dict[str, Rail | LastDecision | None]:
    """The context of the shell; empty where nobody is signed in."""
    person = getattr(request, "user", None)
    if not isinstance(person, User):
        return {}
    return {"rail": Rail(person), "undo": last_decision(request.session)}
