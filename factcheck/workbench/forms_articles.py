"""Forms of adding an article and of watching it."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.conf import global_settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from factcheck.corpus.models import Article, Outlet
from factcheck.corpus.services.articles import NewArticle
from factcheck.corpus.services.describing import Description, description_of
from factcheck.corpus.services.retrieving import Asked
from factcheck.intake.cleaning import LARGEST_TEXT, decode_text, is_plain
from factcheck.ledger.errors import Refusal, StaleVersion
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action
from factcheck.workbench.forms import LARGEST_VERSION, ButtonForm, RawTextField, offer_desks


class WatchForm(ButtonForm):
    """Which of the buttons about watching an article was pressed."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("watch", "unwatch", "look")])


class BesideTextForm(forms.Form):
    """What is said of an article beside its text, whether it comes with it or is mended later."""

    outlet = RawTextField(
        required=False, label=_lazy("Outlet"), widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"})
    )
    byline = RawTextField(
        required=False,
        max_length=300,
        label=_lazy("Byline"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_lazy("Who wrote it, as it stands above the text."),
    )
    adds_outlet = forms.BooleanField(required=False, label=_lazy("This outlet is new: add it"))
    published = forms.DateField(
        required=False, label=_lazy("Published"), widget=forms.DateInput(attrs={"type": "date"})
    )
    published_time = forms.TimeField(
        required=False, widget=forms.TimeInput(attrs={"type": "time"}), label=_lazy("Time (UTC)")
    )

    def clean(self) -> dict[str, Any]:
        """A time is of a day."""
        data = super().clean() or self.cleaned_data
        if data.get("published_time") and not data.get("published"):
            self.add_error("published", _("Give the day as well as the time."))
        return data

    @property
    def published_at(self) -> datetime | None:
        """When it appeared, if a day was given."""
        day, at = self.cleaned_data["published"], self.cleaned_data["published_time"] or time()
        return datetime.combine(day, at, UTC) if day else None


class ArticleForm(BesideTextForm):
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
    url = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        label=_lazy("Address"),
        help_text=_lazy("Alone, the article is fetched from there. With a text, it says where that stands."),
        error_messages={
            "invalid": _lazy(
                "This is no web address. Give one that begins with https:// or http://, as it stands in a browser."
            )
        },
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.ADD_ARTICLE)
        self.outlets = Outlet.objects.filter(desk__in=self.desks).values_list("name", flat=True)

    def clean(self) -> dict[str, Any]:
        """Read a file of text in place of the text; other files are read later."""
        data = super().clean()
        upload = data.get("file")
        if upload and not self.is_document:
            data["text"] = self._text_of(upload)
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
        return NewArticle(
            text=data["text"],
            outlet=data["outlet"],
            byline=data["byline"],
            published_at=self.published_at,
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


def _languages() -> list[tuple[str, str]]:
    """Languages by name; dialects and scripts of one are that one."""
    named = [(code, str(_lazy(name))) for code, name in global_settings.LANGUAGES if "-" not in code]
    chinese = ("zh", _("Chinese"))
    return [("", _("as its words tell")), *sorted([*named, chinese], key=lambda one: one[1])]


class EditArticleForm(BesideTextForm):
    """The same with headline and language, and the version that the person saw."""

    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    title = RawTextField(required=False, label=_lazy("Headline"), widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(choices=_languages, required=False, label=_lazy("Language of the text"))
    theirs: Description | None = None  # what somebody else saved first

    def description(self) -> Description:
        """What the person says of the article."""
        names = ("title", "outlet", "byline", "language", "adds_outlet")
        return Description(**{name: self.cleaned_data[name] for name in names}, published_at=self.published_at)

    def refuse(self, refusal: Refusal, article: Article) -> None:
        """Say why nothing was saved; where somebody else was first, the next save is over what stands there now."""
        self.add_error(None, str(refusal))
        if isinstance(refusal, StaleVersion):
            fresh = Article.objects.select_related("outlet").get(pk=article.pk)
            self.data = {**{name: self.data.get(name, "") for name in self.fields}, "version": fresh.version}
            self.theirs = description_of(fresh)


def as_filled(article: Article) -> dict[str, Any]:
    """The fields of the form as the article stands."""
    said = description_of(article)
    at = said.published_at.astimezone(UTC) if said.published_at else None
    named = {name: getattr(said, name) for name in ("title", "outlet", "byline", "language")}
    when = {"published": at.date().isoformat(), "published_time": f"{at:%H:%M:%S}"} if at else {}
    return {**named, **when}


def _read(upload: "UploadedFile[bytes]") -> bytes:
    """What was uploaded, to be read again by others."""
    content: bytes = upload.read()
    upload.seek(0)
    return content
