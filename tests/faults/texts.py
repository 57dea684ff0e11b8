"""Invented articles by the hundred: the same seed gives the same texts."""

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
THINGS = ("bridge", "tunnel", "ferry", "depot", "school", "reservoir", "harbor", "mill")
MONTHS = ("January", "March", "April", "June", "July", "August", "October", "November")


def make_text(number: int, seed: int = 1) -> str:
    """One article: a headline and a few people who disagree."""
    pick = random.Random(seed * 100_000 + number)
    first, second, third = pick.sample(PEOPLE, 3)
    place, thing, month = pick.choice(PLACES), pick.choice(THINGS), pick.choice(MONTHS)
    figure, other = pick.sample(range(12, 980), 2)
    return f"""{place} {thing} closed again, case {number}

The council closed the {place} {thing} for the {number}th time this year.

“The {thing} was inspected in {month},” {first}, the mayor of {place}, said.

{second} denied that the {thing} was inspected in {month}. {figure} families were told to leave {place}, {second} said.

According to {third}, {other} families were told to leave {place}.

“We will reopen the {thing} within {figure % 30 + 2} days,” {first} said.
"""


def make_texts(count: int, seed: int = 1) -> list[str]:
    """So many articles, no two alike."""
    return [make_text(number, seed) for number in range(1, count + 1)]
