"""What a site asks of programs (RFC 9309): which paths they leave alone, and how long they wait between two fetches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

AGENT: Final = "factcheck"  # the name by which robots.txt speaks of us, in small letters
LARGEST: Final = 500 * 1024  # bytes that are read, as the standard asks for at least
MOST_LINES: Final = 20_000
LONGEST_RULE: Final = 2000
LONGEST_DELAY: Final = 60.0  # seconds: a site that asks for more would be read never, which it can say plainly
_KEPT: Final = "/:@!$&'()*+,;=~%-._?"
_ESCAPE: Final = re.compile(r"%[0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A path that programs may or may not read."""

    allows: bool
    path: str

    def covers(self, target: str) -> bool:
        """Whether it speaks of this path: `*` stands for anything, `$` for the end."""
        ends = self.path.endswith("$")
        parts = self.path.removesuffix("$").split("*")
        if not target.startswith(parts[0]):
            return False
        place = len(parts[0])
        for number, part in enumerate(parts[1:], 2):
            if ends and number == len(parts):
                return target.endswith(part) and len(target) - len(part) >= place
            found = target.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
        return not ends or place == len(target)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that a site has for us; none where it has no robots.txt."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allow(self, target: str) -> bool:
        """Whether we may read this path: the longest rule that covers it holds; of two alike, the one that allows."""
        plain = _plain(target)
        if plain == "/robots.txt":
            return True
        covering = [(len(rule.path), rule.allows) for rule in self.rules if rule.covers(plain)]
        return max(covering)[1] if covering else True


def read_robots(text: str) -> Robots:
    """The rules of a robots.txt for us: those of our own name, together; else those for everybody."""
    ours: list[tuple[str, str]] = []
    everybodys: list[tuple[str, str]] = []
    is_named = False
    for agents, lines in _groups(text):
        if AGENT in agents:
            is_named = True
            ours += lines
        if "*" in agents:
            everybodys += lines
    lines = ours if is_named else everybodys
    rules = [Rule(field == "allow", _plain(value)) for field, value in lines if field != "crawl-delay" and value]
    return Robots(tuple(rules), max((_seconds(value) for field, value in lines if field == "crawl-delay"), default=0.0))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Each group of user agents with its lines. A line that is not understood is passed over, as the standard asks."""
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for field, value in _fields(text):
        if field == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(_product(value))
        elif agents:
            lines.append((field, value))
    if agents:
        yield agents, lines


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines()[:MOST_LINES]:
        field, colon, value = line.partition("#")[0].partition(":")
        name = field.strip().lower()
        if colon and name in ("user-agent", "allow", "disallow", "crawl-delay"):
            yield name, value.strip()[:LONGEST_RULE]


def _product(value: str) -> str:
    """The name of a program without its version."""
    found = re.match(r"[a-zA-Z_-]+", value)
    return "*" if value.startswith("*") else found[0].lower() if found else ""


def _plain(path: str) -> str:
    """A path as paths are compared: what is not ASCII as percents, which are in capitals."""
    return _ESCAPE.sub(lambda found: found[0].upper(), quote(path, safe=_KEPT))


def _seconds(value: str) -> float:
    try:
        seconds = float(value[:10])
    except ValueError:
        return 0.0
    return min(max(seconds, 0.0), LONGEST_DELAY) if seconds == seconds else 0.0  # noqa: PLR0124 -- NaN is not itself
