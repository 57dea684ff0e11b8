from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from factcheck.corpus.models import CalibrationVersion
from factcheck.corpus.services.calibrating import adopt_calibration, propose_calibration, set_aside_calibration
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.models import Desk, User


class Command(BaseCommand):
    """Let a desk's decisions correct the scores: first a proposal that says what it would do, then its adoption."""

    help = (
        "Learn from the decisions of a desk and print what the new calibration would do to the pairs that wait. "
        "Nothing changes before it is adopted, by --adopt NUMBER or on its page; --set-aside goes back to the engine's "
        "own scores."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", required=True, help="the desk's slug")
        parser.add_argument("--by", required=True, help="the sign-in name of an admin of the desk")
        then = parser.add_mutually_exclusive_group()
        then.add_argument("--adopt", type=int, metavar="NUMBER", help="score the desk's pairs by this version")
        then.add_argument("--set-aside", action="store_true", help="score them by the engine alone")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["by"], is_active=True).first()
        desk = Desk.objects.filter(slug=options["desk"]).first()
        if person is None or desk is None:
            raise CommandError(f"There is no such person or desk: {options['by']!r}, {options['desk']!r}.")
        try:
            if options["set_aside"]:
                _set_aside(desk, person)
            else:
                _carry_out(desk, person, options["adopt"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal


def _carry_out(desk: Desk, person: User, number: int | None) -> None:
    if number is None:
        _print(Console(), propose_calibration(desk, person, timezone.now()))
        return
    calibration = CalibrationVersion.objects.filter(desk=desk, number=number).first()
    if calibration is None:
        raise CommandError(f"{desk} has no calibration {number}.")
    adopt_calibration(calibration, calibration.version, person, timezone.now())
    Console().print(f"{desk} scores by calibration {number}; what waits is scored anew in the background.")


def _set_aside(desk: Desk, person: User) -> None:
    calibration = CalibrationVersion.objects.in_use_on(desk.pk)
    if calibration is None:
        raise CommandError(f"{desk} scores by the engine alone already.")
    set_aside_calibration(calibration, calibration.version, person, timezone.now())
    Console().print(f"{desk} scores by the engine alone; --adopt {calibration.number} takes it back.")


def _print(console: Console, calibration: CalibrationVersion) -> None:
    learned, shadow = f"{calibration.confirmed:,} of {calibration.decided:,} confirmed", calibration.shadow
    console.print(f"Calibration {calibration.number} of {calibration.desk}, learned from decisions: {learned}.")
    console.print(
        f"Of the pairs that wait it would raise {shadow['rise']:,} above the bar and drop {shadow['fall']:,} of "
        f"{shadow['open']:,} below it. Adopt it with --adopt {calibration.number}; "
        f"{calibration.get_absolute_url()} shows the pairs."
    )
    table = Table("sign", "weight", box=None, pad_edge=False)
    for name, weight in sorted(_readable(calibration.weights).items(), key=lambda row: -abs(row[1])):
        table.add_row(name, f"{weight:+.3f}")
    console.print(table)


def _readable(weights: dict[str, Any]) -> dict[str, float]:
    kinds = {f"kind {name}": float(weight) for name, weight in weights["kinds"].items()}
    return {"constant": float(weights["constant"]), **weights["signs"], **kinds}
