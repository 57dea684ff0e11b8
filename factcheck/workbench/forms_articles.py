"""Forms of adding an article and of watching it."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from factcheck.corpus.models import Outlet
from factcheck.corpus.services.articles import NewArticle
from factcheck.corpus.services.retrieving import Asked
from factcheck.intake.cleaning import LARGEST_TEXT, decode_text, is_plain
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action
from factcheck.workbench.forms import ButtonForm, RawTextField, offer_desks


class WatchForm(ButtonForm):
    """Which of the buttons about watching an article was pressed."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("watch", "unwatch", "look")])


class ArticleForm(forms.Form):
    """A pasted or uploaded article."""

    desk = forms.TypedChoiceField(choices=(), label=_lazy("Desk"))
    text = RawTextField(
        required=False,
        label=_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_lazy(
            "The headline on the first line. A second line “Outlet | 2026-03-01 14:30” gives outlet and time."
        ),
    )
    file = forms.FileField(
        required=False,
        label=_lazy("Or a file"),
        help_text=_lazy(
            "Text, HTML, Word, PDF, subtitles, e-mail; or a zip, mailbox (.mbox) or .jsonl of many. At most 25 MB."
        ),
    )
    outlet = RawTextField(
        required=False, label=_lazy("Outlet"), widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"})
    )
    byline = RawTextField(
        required=False,
        max_length=300,
        label=_lazy("Byline"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_lazy("Who wrote it, as it stands above the text."),
    )
    adds_outlet = forms.BooleanField(required=False, label=_lazy("This outlet is new: add it"))
    published = forms.DateField(
        required=False, label=_lazy("Published"), widget=forms.DateInput(attrs={"type": "date"})
    )
    published_time = forms.TimeField(
        required=False, widget=forms.TimeInput(attrs={"type": "time"}), label=_lazy("Time (UTC)")
    )
    url = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        label=_lazy("Address"),
        help_text=_lazy("Alone, the article is fetched from there. With a text, it says where that stands."),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.ADD_ARTICLE)
        self.outlets = Outlet.objects.filter(desk__in=self.desks).values_list("name", flat=True)

    def clean(self) -> dict[str, Any]:
        """Read a file of text in place of the text; other files are read later."""
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        if upload and not self.is_document:
            data["text"] = self._text_of(upload)
        if data.get("published_time") and not data.get("published"):
            self.add_error("published", _("Give the day as well as the time."))
        return data

    @property
    def is_document(self) -> bool:
        """Whether the file is to be read by a job; a text is read at once, so that what is wrong is said at once."""
        upload = self.cleaned_data.get("file")
        if upload is None or not str(upload.name).lower().endswith((".txt", ".text", ".md")):
            return upload is not None
        return (upload.size or 0) <= 2 * LARGEST_TEXT and not is_plain(_read(upload))

    @property
    def is_address(self) -> bool:
        """Whether an address came alone, so that its article is to be fetched."""
        data = self.cleaned_data
        return bool(data["url"]) and not data["file"] and not data["text"].strip()

    @property
    def asked(self) -> Asked:
        """What the person knows of an article that is to be fetched or read."""
        new = self.new_article()
        return Asked(new.outlet.strip(), new.published_at, adds_outlet=new.adds_outlet)

    def new_article(self) -> NewArticle:
        """What the person hands in."""
        data = self.cleaned_data
        day, at = data["published"], data["published_time"] or time()
        return NewArticle(
            text=data["text"],
            outlet=data["outlet"],
            byline=data["byline"],
            published_at=datetime.combine(day, at, UTC) if day else None,
            url=data["url"],
            adds_outlet=data["adds_outlet"],
        )

    def _text_of(self, upload: "UploadedFile[bytes]") -> str:
        if (upload.size or 0) > 2 * LARGEST_TEXT:
            self.add_error(
                "file",
                _("This file is %(size)s MB; an article may have 2 MB.") % {"size": f"{(upload.size or 0) / 1e6:.1f}"},
            )
            return ""
        return decode_text(_read(upload))


def _read(upload: "UploadedFile[bytes]") -> bytes:
    """What was uploaded, to be read again by others."""
    content: bytes = upload.read()
    upload.seek(0)
    return content
