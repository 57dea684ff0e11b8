from uuid import uuid4

import pytest

from factcheck.corpus.services.likeness import likeness
from factcheck.corpus.services.sketching import keys_of
from tests.corpus.wire import moulded, printed
from tests.intake.parsing.tongues import TONGUES, Tongue

# A sentence, its denial, and the same with another number in words.
DENIALS = {
    "en": (
        "The council will pay twelve of the families on the bank, the treasurer said.",
        "The council will not pay twelve of the families on the bank, the treasurer said.",
        "The council will pay fourteen of the families on the bank, the treasurer said.",
    ),
    "fr": (
        "La ville va payer douze des familles de la rive nord, a dit le trésorier.",
        "La ville ne va pas payer douze des familles de la rive nord, a dit le trésorier.",
        "La ville va payer quatorze des familles de la rive nord, a dit le trésorier.",
    ),
    "de": (
        "Die Stadt werde zwölf der Familien am Nordufer entschädigen, sagte der Kämmerer.",
        "Die Stadt werde zwölf der Familien am Nordufer nicht entschädigen, sagte der Kämmerer.",
        "Die Stadt werde vierzehn der Familien am Nordufer entschädigen, sagte der Kämmerer.",
    ),
    "es": (
        "La ciudad pagará a doce de las familias de la orilla norte, dijo el tesorero.",
        "La ciudad no pagará a doce de las familias de la orilla norte, dijo el tesorero.",
        "La ciudad pagará a catorce de las familias de la orilla norte, dijo el tesorero.",
    ),
    "it": (
        "La città pagherà dodici delle famiglie della riva nord, ha detto il tesoriere.",
        "La città non pagherà dodici delle famiglie della riva nord, ha detto il tesoriere.",
        "La città pagherà quattordici delle famiglie della riva nord, ha detto il tesoriere.",
    ),
    "pt": (
        "A cidade pagará a doze das famílias da margem norte, disse o tesoureiro.",
        "A cidade não pagará a doze das famílias da margem norte, disse o tesoureiro.",
        "A cidade pagará a catorze das famílias da margem norte, disse o tesoureiro.",
    ),
    "uk": (
        "Місто заплатить за дванадцять родин на північному березі, сказав скарбник.",
        "Місто не заплатить за дванадцять родин на північному березі, сказав скарбник.",
        "Місто заплатить за чотирнадцять родин на північному березі, сказав скарбник.",
    ),
    "ru": (
        "Город заплатит за двенадцать семей на северном берегу, сказал казначей.",
        "Город не заплатит за двенадцать семей на северном берегу, сказал казначей.",
        "Город заплатит за четырнадцать семей на северном берегу, сказал казначей.",
    ),
}


@pytest.mark.parametrize("name", printed())
def test_an_agencys_story_is_known_again_as_other_outlets_print_it(name: str) -> None:
    story, other = printed()[name]
    desk = uuid4()

    found = likeness(story, other)

    assert found is not None
    assert found.is_copy
    assert set(keys_of(desk, story)) & set(keys_of(desk, other))


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_a_denial_is_told_from_what_it_denies_in_the_languages_of_the_papers_read_most(tongue: Tongue) -> None:
    said, denied, fewer = DENIALS[tongue.code]
    around = "\n\n".join(tongue.story.paragraphs)
    first, same = f"{tongue.story.headline}\n\n{around}\n\n{said}", f"{tongue.around[0]}\n\n{around}\n\n{said}"

    found = {
        text: likeness(first, f"{tongue.story.headline}\n\n{around}\n\n{other}")
        for text, other in (("denial", denied), ("figures", fewer))
    }

    copy = likeness(first, same)
    assert copy is not None
    assert copy.is_copy
    assert {text: [one.what for one in like.changed] for text, like in found.items() if like} == {
        "denial": ["denial"],
        "figures": ["figures"],
    }


@pytest.mark.parametrize("name", moulded())
def test_local_news_of_one_mould_are_as_many_articles(name: str) -> None:
    found = likeness(*moulded()[name])

    assert found is None or not found.is_copy
