from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.models import Speaker
from factcheck.corpus.services.people import edit_speaker, merge_speakers, part_speakers
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.workbench.forms import VersionForm
from factcheck.workbench.forms_corrections import MergeSpeakerForm, SpeakerForm, of_speaker
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.speaker import speaker_for
from factcheck.workbench.undo import forget, remember


@require_safe
def show(request: DeskRequest, speaker_id: UUID) -> HttpResponse:
    """What a speaker said, in order of time, and whom it contradicts."""
    speaker = _speaker(request, speaker_id)
    return _page(request, speaker, SpeakerForm(initial=of_speaker(speaker)))


@require_POST
def edit(request: DeskRequest, speaker_id: UUID) -> HttpResponse:
    """Say anew what they are called; a refusal keeps what was typed."""
    speaker, form = _speaker(request, speaker_id), SpeakerForm(request.POST)
    before = {name: getattr(speaker, name) for name in ("name", "kind", "role")}
    if not form.is_valid():
        return _page(request, speaker, form)
    try:
        edit_speaker(speaker, form.profile(), form.cleaned_data["version"], request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, speaker, form)
    address = reverse("workbench:speaker-edit", args=[speaker.pk])
    remember(request, _("Speaker mended"), speaker, address, version=speaker.version, **before)
    return redirect(speaker)


@require_POST
def merge(request: DeskRequest, speaker_id: UUID) -> HttpResponse:
    """Say that this is the same as another."""
    speaker, said = _speaker(request, speaker_id), MergeSpeakerForm(request.POST).require_valid()
    into = _speaker(request, said["into"])
    merge_speakers(speaker, into, said["version"], request.user, timezone.now())
    address = reverse("workbench:speaker-part", args=[speaker.pk])
    remember(request, _("Speakers merged"), speaker, address, version=speaker.version)
    return redirect(into)


@require_POST
def part(request: DeskRequest, speaker_id: UUID) -> HttpResponse:
    """Take a speaker out of the one they were merged into."""
    speaker, said = _speaker(request, speaker_id), VersionForm(request.POST).require_valid()
    into = speaker.merged_into_id
    part_speakers(speaker, said["version"], request.user, timezone.now())
    address = reverse("workbench:speaker-merge", args=[speaker.pk])
    remember(request, _("Speakers parted"), speaker, address, version=speaker.version, into=into)
    return redirect(speaker)


def _speaker(request: DeskRequest, speaker_id: UUID) -> Speaker:
    """One whom this person may read something of, or who is merged into such a one."""
    known = Speaker.objects.known_to(request.user).select_related("merged_into", "article")
    return get_object_or_404(known, pk=speaker_id)


def _page(request: DeskRequest, speaker: Speaker, form: SpeakerForm) -> HttpResponse:
    if form.errors:
        forget(request)  # it may have been the key that takes the last act back
    context = {"screen": speaker_for(speaker, request.user), "form": form}
    return render(request, "workbench/speaker.html", context, status=422 if form.errors else 200)
