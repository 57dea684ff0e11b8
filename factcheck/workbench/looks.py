from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.newsroom.errors import UnknownTimeZone
from factcheck.newsroom.looks import choose_keys, choose_look
from factcheck.workbench.forms_own import KeysForm, LookForm
from factcheck.workbench.languages import speak_to
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.account import account_for

PAGE = "workbench/account.html"


@require_POST
def look(request: DeskRequest) -> HttpResponse:
    """Set one's theme, language and time zone."""
    form = LookForm(request.POST, person=request.user)
    try:
        if form.is_valid():
            said = form.cleaned_data
            choose_look(request.user, said["theme"], said["time_zone"], timezone.now(), language=said["language"])
            speak_to(request)  # the answer says so in that language already
    except UnknownTimeZone as refusal:
        form.add_error("time_zone", str(refusal))
    if form.errors:
        return render(request, PAGE, {"screen": account_for(request.user, form)}, status=422)
    messages.success(request, _("Saved."))
    return redirect("workbench:account")


@require_POST
def keys(request: DeskRequest) -> HttpResponse:
    """Set one's own keys; a key that would stand for two acts is refused, and everything typed stays."""
    form = KeysForm(request.POST, person=request.user)
    if not form.is_valid():
        return render(request, PAGE, {"screen": account_for(request.user, form)}, status=422)
    choose_keys(request.user, form.own(), timezone.now())
    messages.success(request, _("Saved. Your keys stand on the sheet."))
    return redirect("workbench:account")
