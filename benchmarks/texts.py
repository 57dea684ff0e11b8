"""Invented documents: the same number gives the same text, for every contestant alike."""

import random

LENGTH = 3_000  # code points of a document, about
PEOPLE = ("Ilse Varga", "Tomas Reyle", "Nora Quist", "Jan Orlow", "Mira Stanek", "Piet Vandal", "Odile Marn")
PLACES = [start + end for start in ("Orl", "Brenn", "Tolv", "Marsk", "Quern") for end in ("a", "ow", "ing", "mouth")]
THINGS = ("bridge", "tunnel", "ferry", "depot", "school", "reservoir", "harbor", "mill")
MONTHS = ("January", "March", "April", "June", "July", "August", "October", "November")
FILLING = (
    "The council met in {place} on Tuesday and heard the report on the {thing}.",
    "Rain fell on {place} for most of {month}, and the road to the {thing} stayed shut.",
    "About {figure} people live within sight of the {thing}; many of them walked to the meeting.",
    "The report has {figure} pages, three maps of {place} and a list of repairs since {month}.",
    "Work at the {thing} began in {month} and was to last {figure} days, weather permitting.",
)


def make_document(number: int) -> str:
    """A news article of about `LENGTH` code points, in English, unlike every other number's."""
    pick = random.Random(number)
    place, thing = pick.choice(PLACES), pick.choice(THINGS)
    paragraphs = [f"{place} {thing} closed again, case {number}", make_dispute(number)]
    while sum(map(len, paragraphs)) < LENGTH:
        sentences = [_fill(pick, place, thing) for _ in range(4)]
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs) + "\n"


def make_dispute(number: int) -> str:
    """Two people who contradict each other, so that whoever looks for that finds something to decide."""
    pick = random.Random(-number - 1)
    place, thing, month = pick.choice(PLACES), pick.choice(THINGS), pick.choice(MONTHS)
    first, second = pick.sample(PEOPLE, 2)
    return (
        f"“The {place} {thing} was inspected in {month} {number},” {first}, the mayor of {place}, said.\n\n"
        f"{second} denied that the {place} {thing} was inspected in {month} {number}."
    )


def _fill(pick: random.Random, place: str, thing: str) -> str:
    sentence = pick.choice(FILLING)
    return sentence.format(place=place, thing=thing, month=pick.choice(MONTHS), figure=pick.randrange(100, 10_000))
