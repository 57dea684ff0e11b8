"""The rules of each desk that a person may set, as forms."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.newsroom.rules import Rules
from factcheck.workbench.forms_team import RulesForm


@dataclass(frozen=True, slots=True)
class DeskRules:
    """A desk and the form of its rules."""

    desk: Desk
    form: RulesForm


def rule_forms(person: User, refused: RulesForm | None) -> Sequence[DeskRules]:
    """One form for each desk; the refused one as it was sent."""
    desks = Desk.objects.filter(pk__in=desks_reached(person, Action.SET_RULES, Reach.DESK)).order_by("name")
    return [DeskRules(desk, _form(desk, person, refused)) for desk in desks]


def _form(desk: Desk, person: User, refused: RulesForm | None) -> RulesForm:
    if refused is not None and str(refused.data.get("desk", "")) == str(desk.pk):
        return refused
    initial = {"desk": str(desk.pk), "version": desk.version, **asdict(Rules.of(desk))}
    return RulesForm(initial=initial, person=person, auto_id=f"{desk.slug}_%s")
