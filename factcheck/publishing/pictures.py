"""The picture that other sites show beside a link to a review: rating, claim, who said it, who checked it.

Social networks take no SVG and ask for 1200 by 630; it is drawn here, in the letters that come with the program, and
never comes from another host. Words in a script that there are no letters for are left to the link's own text.
"""

from functools import lru_cache
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from factcheck.claims.models import Tone
from factcheck.publishing.answers import publicly
from factcheck.publishing.drawing import Canvas, Color, Ink, lines_of, shortened, width_of, writable
from factcheck.publishing.models import ClaimReview, Publication
from factcheck.publishing.screens import site_name

WIDTH, HEIGHT, PNG = 1200, 630, "image/png"  # as the pages say
PAPER: Final[Color] = (0xFA, 0xF9, 0xF6)  # the colors of the pages, in their light theme
DARK: Final[Color] = (0x1C, 0x1B, 0x19)
GRAY: Final[Color] = (0x57, 0x53, 0x4C)
WHITE: Final[Color] = (0xFF, 0xFF, 0xFF)
ACCENT: Final[Color] = (0x1F, 0x5F, 0x8B)
OK: Final[Color] = (0x27, 0x6A, 0x43)
CLASH: Final[Color] = (0xA8, 0x33, 0x25)
WARN: Final[Color] = (0x7D, 0x54, 0x00)
OF_TONE: Final = {Tone.TRUE: OK, Tone.FALSE: CLASH, Tone.MIXED: WARN, Tone.UNPROVEN: WARN}
WORDS, MARKED, BESIDE = range(3)  # the inks
EDGE, BAND, ROOM = 84, 24, WIDTH - 2 * 84
LINES, LINE = 4, 70


@login_not_required
@require_safe
def show_picture(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The picture of a revision of a review; none of a review that was withdrawn."""
    publication = get_object_or_404(Publication, slug=slug)
    revision = get_object_or_404(ClaimReview.objects.defer("rich", "strict"), publication=publication, number=number)
    if not publication.is_live:
        return publicly(request, b"", PNG, status=410)
    review = revision.review
    said_by = review.claimant.said_by if review.claimant else ""
    drawn = draw(review.rating.label, review.rating.tone, review.claim, said_by, review.publisher.name)
    return publicly(request, drawn, PNG)


@login_not_required
@require_safe
def show_site_picture(request: HttpRequest) -> HttpResponseBase:
    """The picture of the pages that are no review: the newsroom's name."""
    return publicly(request, draw("", "", "", "", site_name()), PNG)


@lru_cache(maxsize=64)
def draw(mark: str, tone: str, claim: str, said_by: str, publisher: str) -> bytes:
    """A picture, as PNG."""
    color = OF_TONE.get(Tone(tone), GRAY) if tone else ACCENT
    canvas = Canvas(WIDTH, HEIGHT, (Ink(DARK, PAPER), Ink(WHITE, color), Ink(GRAY, PAPER)))
    canvas.fill(0, 0, BAND, HEIGHT, MARKED, is_ground=True)
    _mark(canvas, shortened(writable(mark), ROOM - 60))
    canvas.write(EDGE, 196, shortened(writable(said_by), ROOM, is_small=True), BESIDE, is_small=True)
    words, name = writable(f"“{claim}”") if claim else "", writable(publisher)
    for number, line in enumerate(lines_of(words or name, ROOM, LINES)):
        canvas.write(EDGE, 246 + number * LINE, line, WORDS)
    canvas.write(EDGE, 566, shortened(name, ROOM, is_small=True) if words else "", BESIDE, is_small=True)
    return canvas.as_png()


def _mark(canvas: Canvas, words: str) -> None:
    """Words in white on their color, large."""
    if words:
        canvas.fill(EDGE, 76, width_of(words) + 60, 94, MARKED, is_ground=True)
        canvas.write(EDGE + 30, 84, words, MARKED)
