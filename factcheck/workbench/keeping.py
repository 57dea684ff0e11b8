"""What somebody sent after their session had ended: carried through signing in, then sent again by them.

Nothing of it is stored: the words go into the sign-in page, signed, and come back with the password. With scripts the
page keeps them on the computer besides (`draft.js`); this is for whoever has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from factcheck.workbench.routes import ALWAYS, ROUTES

SALT, LASTS = "factcheck.workbench.keeping", 24 * 3600
LARGEST = 2_000_000  # characters: an article
WORDS = 20  # characters from which on a field is shown: shorter ones are ids and choices


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent: where to, and its fields."""

    address: str
    fields: Sequence[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """What its author may want to read before they send it again."""
        return [value for _name, value in self.fields if len(value) >= WORDS]


def keep(request: HttpRequest) -> str:
    """What this request sends, to be carried along; nothing where it is no form of ours sent by a person's browser."""
    fields = _fields_of(request) if _is_form_of_a_person(request) else []
    if not 0 < sum(len(value) for _name, value in fields) <= LARGEST:
        return ""
    return signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)


def _is_form_of_a_person(request: HttpRequest) -> bool:
    sent = request.method == "POST" and not request.FILES
    return sent and "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers


def _fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that the form knows, but for passwords."""
    route = ROUTES.get(request.resolver_match.view_name) if request.resolver_match else None
    known = sorted(route.fields - ALWAYS) if route else []
    return [(name, value) for name in known if "password" not in name for value in request.POST.getlist(name)]


def read_kept(carried: str) -> Kept | None:
    """What was carried along; nothing where it is not ours, too old, or leads nowhere any more."""
    try:
        address, fields = signing.loads(carried, salt=SALT, max_age=LASTS)
        resolve(urlsplit(address).path)
    except (signing.BadSignature, Resolver404, ValueError):
        return None
    return Kept(address, [(name, value) for name, value in fields])


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent this, as the browser says."""
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
