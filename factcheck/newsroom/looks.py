"""What a person sets for themselves: look, language, time zone, keys, and how far the first-run tour is."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from factcheck.ledger.changes import record_change
from factcheck.newsroom.errors import KeyTaken, UnknownTimeZone
from factcheck.newsroom.models import Language, Theme, User

LONGEST_KEYS, MOST_STEPS = 12, 99


def choose_look(person: User, theme: Theme, time_zone: str, now: datetime, *, language: Language | None = None) -> None:
    """Show pages in this theme and language, and times in this zone; without a language it stays as it was.

    Raises:
        UnknownTimeZone: there is no zone of this name.
    """
    if time_zone not in available_timezones():
        raise UnknownTimeZone(
            _("There is no time zone “%(time_zone)s”. Choose one of the list, as Europe/Kyiv.")
            % {"time_zone": time_zone[:40]}
        )
    _set(
        person,
        "choose_look",
        now,
        theme=theme,
        time_zone=time_zone,
        language=person.language if language is None else language,
    )


def choose_keys(person: User, keys: Mapping[str, str], now: datetime) -> None:
    """Press these keys in place of ours; by our own key the person's, and none for all others.

    Raises:
        KeyTaken: one key would stand for two acts.
    """
    taken = [key for key in keys.values() if list(keys.values()).count(key) > 1 or len(key) > LONGEST_KEYS]
    if taken:
        raise KeyTaken(
            _("“%(taken)s” would stand for two acts. Give one of them another key.")
            % {"taken": taken[0][:LONGEST_KEYS]}
        )
    _set(person, "choose_keys", now, keys=dict(keys))


def move_tour(person: User, step: int, now: datetime) -> None:
    """Keep how far the tour is; a step past its last puts it away."""
    _set(person, "move_tour", now, tour_step=min(max(step, 0), MOST_STEPS))


def _set(person: User, verb: str, now: datetime, **fields: object) -> None:
    before = {name: getattr(person, name) for name in fields}
    with record_change(actor=person, now=now) as change:
        User.objects.filter(pk=person.pk).update(**fields)
        change.audit(verb, person, desk_id=None, before=before, after=fields)
    for name, value in fields.items():
        setattr(person, name, value)
