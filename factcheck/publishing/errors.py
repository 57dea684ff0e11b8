"""Refusals of this room; each says what to do next.

Refusal
├── VerdictNotApproved    only an approved verdict is published, and only the newest one
├── ReviewNotSound        the linter found errors; carries them
├── ChangedSincePreview   what would be published is not what was looked at
├── AlreadyPublished      the claim has a published review; a new verdict is a correction of it
├── NotPublished          there is nothing to correct or withdraw
├── AlreadyWithdrawn      it is withdrawn; a new verdict puts it back
├── CorrectionUnderWay    a verdict on the claim is being written already
├── ReasonMissing         readers are told why
├── UnfitExport           this is not exported in this shape
├── ExportNotReady        its file is still being written
└── ExportGone            its file was removed, or holds what its asker may not read any more
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from factcheck.ledger.errors import Refusal
from factcheck.publishing.findings import Finding


class VerdictNotApproved(Refusal):
    """Only the newest verdict of a claim is published, and only when it is approved."""

    code = "verdict_not_approved"


class ReviewNotSound(Refusal):
    """This review cannot be published as it is."""

    code = "review_not_sound"

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Name each error."""
        said = " ".join(str(finding.message) for finding in findings)
        super().__init__(_("This cannot be published yet. %(said)s") % {"said": said})
        self.findings = tuple(findings)


class ChangedSincePreview(Refusal):
    """What would be published has changed since you looked at it. Look at the preview again, then publish."""

    code = "changed_since_preview"


class AlreadyPublished(Refusal):
    """This claim has a published review. Correct it with a new verdict, or withdraw it."""

    code = "already_published"


class NotPublished(Refusal):
    """This claim has no published review."""

    code = "not_published"


class AlreadyWithdrawn(Refusal):
    """This review is withdrawn already. A new approved verdict puts it back."""

    code = "already_withdrawn"


class CorrectionUnderWay(Refusal):
    """A verdict on this claim is being written already. Go on with that one."""

    code = "correction_under_way"


class ReasonMissing(Refusal):
    """Say why, in a sentence: readers see it."""

    code = "reason_missing"


class UnfitWebhook(Refusal):
    """This webhook does not do as it is."""

    code = "unfit_webhook"


class TooManyWebhooks(Refusal):
    """This desk has as many webhooks as it may have. Remove one that nobody needs."""

    code = "too_many_webhooks"


class WebhookIsOff(Refusal):
    """This webhook is switched off. Switch it on, then send again."""

    code = "webhook_is_off"


class WebhookIsOn(Refusal):
    """This webhook is on already."""

    code = "webhook_is_on"


class UnfitExport(Refusal):
    """This is not exported in this shape."""

    code = "unfit_export"


class ExportNotReady(Refusal):
    """This file is still being written. Come back when it is done."""

    code = "export_not_ready"


class ExportGone(Refusal):
    """This file is not kept any more. Export it again."""

    code = "export_gone"
