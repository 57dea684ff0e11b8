"""Forms of one's own account, and of what the inbox keeps for a person."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.looks import MOST_STEPS
from factcheck.newsroom.models import Language, Theme, User
from factcheck.workbench.forms import LARGEST_SEQ, ButtonForm
from factcheck.workbench.keys import SHAPE, find_clash, shortcuts, words_of


class LookForm(forms.Form):
    """Theme, language and time zone."""

    theme = forms.TypedChoiceField(
        label=gettext_lazy("Theme"), choices=Theme.choices, coerce=Theme, widget=forms.RadioSelect
    )
    language = forms.TypedChoiceField(
        label=gettext_lazy("Language"),
        choices=Language.choices,
        coerce=Language,
        required=False,
        empty_value=Language.BROWSER,
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text=gettext_lazy("As Europe/Kyiv; times are shown in it."),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"theme": person.theme, "language": person.language, "time_zone": person.time_zone}
        self.zones = sorted(available_timezones())


class TourForm(ButtonForm):
    """The step to go to."""

    step = forms.IntegerField(min_value=0, max_value=MOST_STEPS)


class ArrivalsForm(ButtonForm):
    """Which page asks, and what was the newest when it was loaded."""

    on = forms.ChoiceField(choices=[(name, name) for name in ("inbox", "conflicts", "articles")])
    since = forms.IntegerField(min_value=0, max_value=LARGEST_SEQ)


class KeysForm(forms.Form):
    """A key for each act; an empty field gives ours back."""

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        for shortcut in changeable():
            self.fields[shortcut.field] = forms.CharField(
                required=False,
                max_length=12,
                label=shortcut.words,
                initial=person.keys.get(shortcut.key, shortcut.key),
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
            )

    @staticmethod
    def field_names() -> frozenset[str]:
        """The names of its fields, which each person's form has."""
        return frozenset(shortcut.field for shortcut in changeable())

    def clean(self) -> dict[str, Any]:
        """Refuse what is no key, and a key that would stand for two acts."""
        data = super().clean() or self.cleaned_data
        for shortcut in changeable():
            key = " ".join(data.get(shortcut.field, "").split()) or shortcut.key
            if not SHAPE.fullmatch(key):
                self.add_error(shortcut.field, _("Give one key, or g and another."))
            data[shortcut.field] = key
        self._refuse_clash(data)
        return data

    def own(self) -> dict[str, str]:
        """The keys that differ from ours."""
        data = self.cleaned_data
        return {one.key: data[one.field] for one in changeable() if data[one.field] != one.key}

    def _refuse_clash(self, data: dict[str, Any]) -> None:
        clash = find_clash({one.key: data[one.field] for one in changeable()})
        if clash:
            first, second = clash
            field = next(one.field for one in changeable() if one.key == second)
            self.add_error(field, _("This key already stands for “%(act)s”.") % {"act": words_of(first)})


def changeable() -> list[Any]:
    """The shortcuts that a person may change."""
    return [shortcut for shortcut in shortcuts() if not shortcut.is_fixed]
