"""Which language a page speaks: a person's own, else what their browser asks for, else the newsroom's."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from factcheck.newsroom.models import User

# What machines read is in English, whoever asks: a cache keeps one copy of a feed, a program compares words.
FOR_MACHINES = re.compile(
    r"^/(?:(?:api|v1alpha1|sitemaps|static|health)/|feeds/[^/]+\.[a-z]+$|oembed$|healthz$|readyz$)|\.(?:json|xml|txt)$"
)


class LanguageMiddleware:
    """Answer in the language that the browser asks for; `SignInRequiredMiddleware` knows who has their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on in that language, and say in which the answer is."""
        if FOR_MACHINES.search(request.path):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        with translation.override(_asked_for(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language"])
        return response


def speak_to(request: HttpRequest) -> None:
    """Go on in the language and the time zone of whoever is signed in; for nobody as it was."""
    person = getattr(request, "user", None)
    if isinstance(person, User):
        timezone.activate(person.zone)
        if not FOR_MACHINES.search(request.path):
            translation.activate(person.language or _asked_for(request))


def _asked_for(request: HttpRequest) -> str:
    """The first language of the browser's list that we speak."""
    for language, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if language == "*":
            break
        try:
            return get_supported_language_variant(language)
        except LookupError:
            continue
    return str(settings.NEWSROOM_LANGUAGE)
