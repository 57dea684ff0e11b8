"""Times in a text, told from the day the article came out: weekdays, dates, clock times, deadlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from ..lexicon import read_groups, read_rows
from ..segment import Word, word_at

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_AHEAD: Final = frozenset({"by", "before", "until", "till", "within", "next"})
_DAYS_IN: Final = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
# "before March" is no moment but all that come before it.
_OPEN_ENDED: Final = frozenset({"before", "until", "till", "since", "after"})
_NOON: Final = 12
_SHORTEST_MONTH: Final = 3
_ISO_DATE: Final = len("2026-01-31")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_SPOKEN_HOURS: Final = {
    "noon": 12,
    "midday": 12,
    "midnight": 24,
    "dawn": 6,
    "dusk": 19,
    "nightfall": 20,
    "lunchtime": 13,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in a text, at [start, end): its `grain`, its value in that grain, and the word before it.

    Grains are year, season, month, day and clock; days are ISO dates where the year is known, months 1 to 12, clock
    times hours.
    """

    start: int
    end: int
    grain: str
    value: str
    relation: str


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of a text, and its deadline, when it sets one."""

    moments: tuple[Moment, ...]
    deadline: date | None

    def values(self, grain: str) -> frozenset[str]:
        """The values of the moments of a grain."""
        return frozenset(moment.value for moment in self.moments if moment.grain == grain)


def read_times(words: Sequence[Word], published: datetime | None) -> Times:
    """The times in a text's words; without the day of publication weekdays stay names and nothing is a deadline."""
    day = published.date() if published else None
    moments = tuple(moment for index in range(len(words)) for read in _READERS if (moment := read(words, index, day)))
    return Times(moments, _deadline(words, moments, day))


def differ(one: Times, other: Times) -> bool:
    """Whether two texts speak of different moments: both name a day (month, year, hour) and share none."""
    for grain in ("year", "season", "month", "day", "clock"):
        here, there = _values(one, grain), _values(other, grain)
        if here and there and not here & there:
            return True
    return False


def _values(times: Times, grain: str) -> frozenset[str]:
    """The values of a grain; a day tells its month too."""
    told = [moment for moment in times.moments if moment.relation not in _OPEN_ENDED]
    found = {moment.value for moment in told if moment.grain == grain}
    if grain == "month":
        found |= {str(int(m.value[5:7])) for m in told if m.grain == "day" and len(m.value) == _ISO_DATE}
    return frozenset(found)


def _relation(words: Sequence[Word], index: int) -> str:
    for before in reversed(words[max(0, index - 5) : index]):
        if before.lower in _AHEAD | {"on", "in", "since", "at", "from", "after", "last", "of"}:
            return before.lower
    return ""


def _weekday(words: Sequence[Word], index: int, day: date | None) -> Moment | None:
    word = words[index]
    if word.lower not in _WEEKDAYS:
        return None
    relation = _relation(words, index)
    if day is None:
        return Moment(word.start, word.end, "day", word.lower, relation)
    back = (day.weekday() - _WEEKDAYS.index(word.lower)) % 7
    ahead = relation in _AHEAD or any(before.lower in {"will", "would", "planned", "shall"} for before in words[:index])
    resolved = day + timedelta(days=(7 - back) % 7) if ahead else day - timedelta(days=back)
    return Moment(word.start, word.end, "day", resolved.isoformat(), relation)


def _relative_day(words: Sequence[Word], index: int, day: date | None) -> Moment | None:
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}.get(words[index].lower)
    if shift is None:
        return None
    value = (day + timedelta(days=shift)).isoformat() if day else words[index].lower
    return Moment(words[index].start, words[index].end, "day", value, _relation(words, index))


def _calendar(words: Sequence[Word], index: int, day: date | None) -> Moment | None:
    """March 31 and 31 March as days, March alone as a month; a lone "may" is a verb."""
    word = words[index]
    name = word.lower.rstrip(".")
    fits = (number for number, full in enumerate(_MONTHS, 1) if full.startswith(name) and len(name) >= _SHORTEST_MONTH)
    month = next(fits, 0)
    if not month or not word.text[0].isupper() or word.lower not in read_groups("time_words")["months"]:
        return None
    number, start, end = _day_number(words, index)
    relation = _relation(words, index)
    if number is None:
        return Moment(word.start, word.end, "month", str(month), relation)
    return Moment(words[start].start, words[end - 1].end, "day", _dated(month, number, day), relation)


def _day_number(words: Sequence[Word], index: int) -> tuple[int | None, int, int]:
    for near, start, end in ((index + 1, index, index + 2), (index - 1, index - 1, index + 1)):
        if 0 <= near < len(words) and re.fullmatch(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", words[near].lower):
            return int(re.sub(r"\D", "", words[near].lower)), start, end
    return None, index, index + 1


def _dated(month: int, number: int, day: date | None) -> str:
    """The nearest such day to publication."""
    if day is None:
        return f"{month:02}-{number:02}"
    near = [found for year in (day.year - 1, day.year, day.year + 1) if (found := _safe_date(year, month, number))]
    return min(near, key=lambda found: abs(found - day)).isoformat() if near else f"{month:02}-{number:02}"


def _safe_date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _year(words: Sequence[Word], index: int, day: date | None) -> Moment | None:
    word = words[index]
    if re.fullmatch(r"(?:19|20)\d{2}", word.text):
        return Moment(word.start, word.end, "year", word.text, _relation(words, index))
    if word.lower == "year" and index and words[index - 1].lower in {"next", "last"} and day is not None:
        shift = 1 if words[index - 1].lower == "next" else -1
        return Moment(words[index - 1].start, word.end, "year", str(day.year + shift), _relation(words, index - 1))
    return None


def _clock(words: Sequence[Word], index: int, day: date | None) -> Moment | None:
    del day
    word = words[index]
    if word.lower in _SPOKEN_HOURS:
        return Moment(word.start, word.end, "clock", f"{_SPOKEN_HOURS[word.lower]:.2f}", _relation(words, index))
    digits = _CLOCK.fullmatch(word.text)
    if digits and index and words[index - 1].lower in {"at", "by", "before", "after", "since", "until"}:
        return Moment(
            word.start, word.end, "clock", f"{int(digits[1]) + int(digits[2]) / 60:.2f}", _relation(words, index)
        )
    return _spoken_clock(words, index)


@cache
def _numbers() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in read_rows("number_words")}


def _hour_of(word: Word) -> float:
    """The hour that a number can tell; 0 where it can tell none."""
    hour = _numbers().get(word.lower, float(word.text) if word.text.isdecimal() else 0.0)
    return hour if 1 <= hour <= _NOON else 0.0


def _spoken_clock(words: Sequence[Word], index: int) -> Moment | None:
    """`half past six`, `three o'clock`, `by two on Monday`."""
    hour, word = _hour_of(words[index]), words[index]
    if not hour or not index:
        return None
    before = [other.lower for other in words[max(0, index - 2) : index]]
    if before == ["half", "past"]:
        return Moment(words[index - 2].start, word.end, "clock", f"{hour + 0.5:.2f}", _relation(words, index - 2))
    told = Moment(word.start, word.end, "clock", f"{hour:.2f}", before[-1])
    return told if _tells_hour(before[-1], word_at(words, index + 1).lower) else None


def _tells_hour(before: str, after: str) -> bool:
    """Whether the words around a number make it an hour, with nothing counted behind it."""
    return after == "o'clock" or (before in {"by", "at", "since"} and after in {"", ".", ",", "on", "in"})


_SEASONS: Final = frozenset({"spring", "summer", "autumn", "winter", "christmas", "easter"})


def _season(words: Sequence[Word], index: int, day: date | None) -> Moment | None:
    """`before the spring`, `by Christmas`, `the new year`."""
    del day
    word = words[index]
    new_year = word.lower == "year" and index > 0 and words[index - 1].lower == "new"
    if word.lower not in _SEASONS and not new_year:
        return None
    value = "new year" if new_year else word.lower
    return Moment(word.start, word.end, "season", value, _relation(words, index))


_Reader = Callable[[Sequence[Word], int, "date | None"], "Moment | None"]
_READERS: Final[tuple[_Reader, ...]] = (_weekday, _relative_day, _calendar, _year, _season, _clock)


def _deadline(words: Sequence[Word], moments: Sequence[Moment], day: date | None) -> date | None:
    """By when something is to happen: within seven days, by March 31, by noon, before the end of the month."""
    if day is None:
        return None
    due = (found for moment in moments if (found := _due(moment, day)) is not None)
    return _within(words, day) or _end_of(words, day) or next(due, None)


def _due(moment: Moment, day: date) -> date | None:
    """The day that a moment sets as a limit; a clock time is one of the day of publication."""
    dated = moment.grain == "day" and len(moment.value) == _ISO_DATE
    if dated and moment.relation in {"by", "before", "until", "till", "on"}:
        return date.fromisoformat(moment.value)
    return day if moment.relation == "by" and moment.grain == "clock" else None


def _within(words: Sequence[Word], day: date) -> date | None:
    """`within seven days`, `within a week`."""
    lower = [word.lower for word in words]
    for index in range(len(words) - 2):
        days = _days_of(lower[index + 1], lower[index + 2]) if lower[index] == "within" else None
        if days is not None:
            return _later(day, days)
    return None


def _later(day: date, days: int) -> date | None:
    """So many days later; None behind the end of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _days_of(count: str, unit: str) -> int | None:
    """A span of time in days; hours are a day at least."""
    number = _counts().get(count) or (float(count) if count.isdecimal() else 0.0)
    units = read_groups("units")
    for name, days in _DAYS_IN.items():
        if unit == name or unit in units.get(name, frozenset()):
            return round(number * days)
    return max(1, round(number / 24)) if unit in units["hour"] else None


@cache
def _counts() -> dict[str, float]:
    return _numbers() | {"a": 1.0, "an": 1.0, "the": 1.0}


def _end_of(words: Sequence[Word], day: date) -> date | None:
    """`by the end of June`, `before the end of the month`, `by the end of next year`."""
    lower = [word.lower for word in words]
    places = (index for index in range(len(lower) - 2) if lower[index : index + 2] == ["end", "of"])
    ends = (_period_end(lower[index + 2 : index + 4], day) for index in places)
    return next((end for end in ends if end is not None), None)


def _period_end(period: Sequence[str], day: date) -> date | None:
    """The last day of a period told from a day: June, the month, next year."""
    later = "next" in period
    month = next((number for number, name in enumerate(_MONTHS, 1) if name in period), 0)
    if month:
        return _month_end(day.year + (month < day.month), month)
    if "month" in period:
        return _month_end(day.year, day.month + later)
    if "year" in period:
        return date(day.year + later, 12, 31)
    return day + timedelta(days=6 - day.weekday() + 7 * later) if "week" in period else None


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
