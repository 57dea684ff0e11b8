"""Reviews made by hand, for what is a pure function of them."""

from datetime import UTC, datetime

from factcheck.publishing.review import Clash, Place, Publisher, Rated, Review, Source, Voice

VARGA = Voice("0198a000-0000-7000-8000-000000000001", "Ilse Varga", "person", "Orla council", "Mayor of Orla")
REYLE = Voice("0198a000-0000-7000-8000-000000000002", "Tomas Reyle", "person")
SAID = Place(
    "0198a000-0000-7000-8000-000000000003",
    "The bridge was inspected in January",
    VARGA,
    "Bridge over the Orla closed",
    "Orla Post",
    "https://orla.example/bridge",
    datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
)
DENIED = Place("0198a000-0000-7000-8000-000000000004", "the bridge was inspected in January", REYLE, "Bridge closed")
BRIDGE = Review(
    url="https://news.example/reviews/the-bridge-00000001/",
    publisher=Publisher("Example News", "https://news.example/"),
    language="en",
    claim="The bridge was inspected in January",
    rating=Rated("Mostly true", "true", "The claim holds in the main.", 4, 5, 1),
    summary="One of two spans was inspected.",
    reasoning="The log lists *one* inspection.",
    first_published=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
    published=datetime(2026, 3, 5, 12, 0, tzinfo=UTC),
    number=2,
    solo=False,
    appearances=(SAID,),
    denials=(DENIED,),
    evidence=(Source("Inspection log", "supports", "https://example.org/log", "12 January"),),
    checked=SAID,
    clash=Clash("0198a000-0000-7000-8000-000000000005", "denial", "One denies it.", (SAID.statement, DENIED.statement)),
    associated=("https://news.example/reviews/the-other-side-00000002/",),
    reason="A second log was found.",
)
