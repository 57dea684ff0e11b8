"""The buttons that publish, correct and withdraw."""

from django import forms

from factcheck.workbench.forms import ButtonForm, RawTextField, VersionForm

LONGEST_MARK = 64


class PublishForm(ButtonForm):
    """What the person looked at, by the mark of the preview."""

    mark = forms.CharField(max_length=LONGEST_MARK)


class CorrectForm(VersionForm, PublishForm):
    """The same, the publication's version, and why."""

    reason = RawTextField(required=False)


class WithdrawForm(VersionForm):
    """The publication's version, and why."""

    reason = RawTextField(required=False)
