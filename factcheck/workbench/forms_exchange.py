"""Forms of imports and exports."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, reaches
from factcheck.publishing.export_shapes import SHAPES
from factcheck.publishing.exporting import action_for
from factcheck.publishing.models import ExportOf, ExportShape
from factcheck.workbench.forms import offer_desks


class ImportForm(forms.Form):
    """A file of other people's reviews."""

    desk = forms.TypedChoiceField(choices=())
    file = forms.FileField(
        label=_("File"),
        help_text=_("ClaimReview JSON-LD, a DataFeed, JSONL or CSV, at most 25 MB."),
        error_messages={"required": _("Choose the file with the reviews."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,.jsonl,.ndjson,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.IMPORT_REVIEWS)


class ExportForm(forms.Form):
    """What to export, and as what: one choice, as not everything has every shape."""

    desk = forms.TypedChoiceField(choices=())
    wanted = forms.ChoiceField(choices=(), label=_("What"))

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = offer_desks(self.fields["desk"], person, Action.EXPORT_PUBLISHED)
        allowed = [pair for pair in SHAPES if reaches(person, action_for(pair[0]))]
        choice = self.fields["wanted"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (what.label.capitalize(), _shapes_of(what, allowed)) for what in ExportOf if _shapes_of(what, allowed)
        ]

    @property
    def what_and_shape(self) -> tuple[str, str]:
        """The two parts of the choice."""
        what, _, shape = self.cleaned_data["wanted"].partition("-")
        return what, shape


def _shapes_of(what: ExportOf, allowed: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices of one kind, each in full words: a closed list shows no heading."""
    shapes = [shape for shape in ExportShape if (what, shape) in allowed]
    return [(f"{what}-{shape}", f"{str(what.label).capitalize()}: {shape.label}") for shape in shapes]
