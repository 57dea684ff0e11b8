from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.claims.services.notices import describe_notices
from factcheck.newsroom.addresses import address_of
from factcheck.newsroom.models import Notice
from factcheck.newsroom.notices import choose_digest, read_all_notices, read_notice
from factcheck.newsroom.sign_in import spend_try
from factcheck.workbench.forms_team import DigestForm, NoticeForm, ReadAllForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.account import account_for
from factcheck.workbench.screens.notices import notices_for


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """What this person was told, newest first."""
    screen = notices_for(request.user, request.GET.get("page", "1"), timezone.now())
    return render(request, "workbench/notices.html", {"screen": screen})


@require_POST
def open_one(request: DeskRequest) -> HttpResponse:
    """Note that a notice is read, and go where it leads."""
    said = NoticeForm(request.POST).require_valid()
    notice = get_object_or_404(Notice.objects.to(request.user), pk=said["notice"])
    read_notice(notice, request.user, timezone.now())
    (told,) = describe_notices([notice], request.user)
    return redirect(told.address or "workbench:notices")


@require_POST
def read_all(request: DeskRequest) -> HttpResponse:
    """Note that all notices are read that the page showed."""
    said = ReadAllForm(request.POST).require_valid()
    read_all_notices(request.user, said["until"], timezone.now())
    return redirect("workbench:notices")


@require_POST
def digest(request: DeskRequest) -> HttpResponse:
    """Choose whether one's notices come by e-mail, and where."""
    form = DigestForm(request.POST, person=request.user)
    if request.POST.get("password"):
        spend_try(request.user.username, address_of(request, settings.TRUSTED_PROXIES), timezone.now())
    if not form.is_valid():
        return render(request, "workbench/account.html", {"screen": account_for(request.user, form)}, status=422)
    said = form.cleaned_data
    choose_digest(request.user, said["email"], timezone.now(), wants=said["wants"])
    messages.success(request, _("Your digest is on.") if said["wants"] else _("Your digest is off."))
    return redirect("workbench:account")
