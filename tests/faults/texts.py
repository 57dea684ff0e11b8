"""Invented articles by the hundred: short, so that faults and not the language engine fill the time."""

import random

PEOPLE = (
    "Ilse Varga",
    "Tomas Reyle",
    "Nora Quist",
    "Jan Orlow",
    "Mira Stanek",
    "Piet Vandal",
    "Odile Marn",
    "Karl Brest",
)
PLACES = [
    f"{start}{end}"
    for start in ("Orl", "Brenn", "Tolv", "Marsk", "Quern", "Ist", "Vald", "Sorn", "Hest", "Kadr", "Lomm", "Nesk")
    for end in ("a", "ow", "ing", "erby", "ost", "mouth", "field", "ach")
]
THINGS = (
    *("bridge", "tunnel", "ferry", "depot", "school", "reservoir", "harbor", "mill"),
    *("station", "library", "hospital", "stadium", "archive", "brewery", "chapel", "orchard"),
)
DONE = (
    *("inspected", "repaired", "flooded", "searched", "painted", "measured", "cleaned", "sold"),
    *("evacuated", "emptied", "fenced", "renamed", "insured", "leased", "photographed", "guarded"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def make_text(number: int, seed: int = 1) -> str:
    """One article: a headline and two people who disagree. The same seed gives the same text."""
    pick = random.Random(seed * 100_000 + number)
    first, second = pick.sample(PEOPLE, 2)
    place, thing, done, month = pick.choice(PLACES), pick.choice(THINGS), pick.choice(DONE), pick.choice(MONTHS)
    return f"""{place} {thing}, case {number}

“The {place} {thing} was {done} in {month},” {first}, the mayor of {place}, said.

{second} denied that the {place} {thing} was {done} in {month}.
"""


def make_texts(count: int, seed: int = 1) -> list[str]:
    """So many articles, no two alike."""
    return [make_text(number, seed) for number in range(1, count + 1)]
