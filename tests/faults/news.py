"""Invented news for the pairs: events told by several outlets, some word for word, some otherwise, all at once."""

import random

OUTLETS = ("Orla Post", "Brenn Courier", "Tolva Wire", "Marsk Daily", "Quern Gazette")
SPEAKERS = ("Ilse Varga", "Tomas Reyle", "Nora Quist", "Jan Orlow", "Mira Stanek", "Piet Vandal")
THINGS = ("bridge", "tunnel", "ferry", "reservoir")
MONTHS = ("January", "March", "April", "June")
EVENTS = 8


def make_news(count: int, seed: int) -> list[tuple[str, str]]:
    """So many articles as (outlet, text): few events, so that every statement has more candidates than are weighed."""
    return [_telling(number, random.Random(seed * 1000 + number), seed) for number in range(1, count + 1)]


def _telling(number: int, pick: random.Random, seed: int) -> tuple[str, str]:
    event = number % EVENTS
    outlet = OUTLETS[number // EVENTS % len(OUTLETS)]
    told = random.Random(seed + event)  # the event is the same for all who tell of it
    thing, month = THINGS[event % len(THINGS)], told.choice(MONTHS)
    first, second, third = told.sample(SPEAKERS, 3)
    figure = pick.choice((120, 240, 360)) + event
    days = pick.choice((10, 20, 30))
    return (
        outlet,
        f"""Dispute over the Orla {thing}, report {number}

“The {thing} was inspected in {month},” {first}, the mayor of Orla, said.

{second} denied that the {thing} was inspected in {month}.

According to {third}, {figure} families were told to leave the {thing}.

“We will reopen the {thing} within {days} days,” {first} said in report {number}.

{second} said that {figure + 7} families were told to leave the {thing} after report {number}.
""",
    )
