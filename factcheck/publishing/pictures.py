"""The picture that other sites show beside a link to a review: rating, claim, who said it, who checked it.

Social networks take no SVG and ask for 1200 by 630; it is drawn here, in the letters that come with the program, and
never comes from another host. Words in a script that there are no letters for are left to the link's own text.
"""

from functools import lru_cache
from io import BytesIO
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from factcheck.claims.models import Tone
from factcheck.publishing.answers import publicly
from factcheck.publishing.drawing import letters, lines_of, shortened, writable
from factcheck.publishing.models import ClaimReview, Publication
from factcheck.publishing.screens import site_name

Color = tuple[int, int, int]
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
EDGE, BAND, ROOM = 84, 24, WIDTH - 2 * 84
LINES, LINE = 4, 70
LARGE, SMALL = 52, 26


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
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen, large, small = ImageDraw.Draw(picture), letters(LARGE), letters(SMALL)
    pen.rectangle((0, 0, BAND - 1, HEIGHT), fill=color)
    _mark(pen, shortened(writable(mark), large, ROOM - 60), color)
    pen.text((EDGE, 196), shortened(writable(said_by), small, ROOM), font=small, fill=GRAY)
    words, name = writable(f"“{claim}”") if claim else "", writable(publisher)
    for number, line in enumerate(lines_of(words or name, large, ROOM, LINES)):
        pen.text((EDGE, 246 + number * LINE), line, font=large, fill=DARK)
    pen.text((EDGE, 566), shortened(name, small, ROOM) if words else "", font=small, fill=GRAY)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _mark(pen: ImageDraw.ImageDraw, words: str, color: Color) -> None:
    """Words in white on their color, large."""
    if words:
        pen.rectangle((EDGE, 76, EDGE + letters(LARGE).getlength(words) + 60, 170), fill=color)
        pen.text((EDGE + 30, 84), words, font=letters(LARGE), fill=WHITE)
