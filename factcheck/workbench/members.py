from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.ledger.errors import Refusal
from factcheck.newsroom import entry
from factcheck.newsroom.addresses import address_of
from factcheck.newsroom.models import EntryLink, RoleRequest, User
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.newsroom.services import disable_person, enable_person
from factcheck.newsroom.sign_in import spend_try
from factcheck.workbench.forms_people import InviteForm, JoinForm, OnDeskForm, RoleForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.members import people_for

PAGE = "workbench/people.html"


@require_safe
def show(request: DeskRequest) -> HttpResponse:
    """Who is on one's desks."""
    require_somewhere(request.user, Action.MANAGE_PEOPLE)
    return render(request, PAGE, {"screen": people_for(request.user, timezone.now())})


@require_POST
def send_invitation(request: DeskRequest) -> HttpResponse:
    """Make an invitation, and show its link once."""
    require_somewhere(request.user, Action.MANAGE_PEOPLE)
    form, now = InviteForm(request.POST, person=request.user), timezone.now()
    if not form.is_valid():
        return render(request, PAGE, {"screen": people_for(request.user, now, invite=form)}, status=422)
    said = form.cleaned_data
    return _with_link(request, *entry.invite(said["name"], said["role"], said["desk"], request.user, now))


@require_POST
def change_role(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Give a role; one that raises somebody waits for a second admin."""
    person = _person(request, person_id)
    said = RoleForm(request.POST, person=request.user).require_valid()
    waits = entry.ask_role(person, said["role"], said["desk"], request.user, timezone.now())
    words = _("Another admin is asked to confirm this.") if waits else _("Done. Their sessions have ended.")
    messages.success(request, words)
    return redirect("workbench:people")


@require_POST
def make_link(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Make a link for a new password, and show it once."""
    person = _person(request, person_id)
    said = OnDeskForm(request.POST, person=request.user).require_valid()
    return _with_link(request, *entry.offer_password(person, said["desk"], request.user, timezone.now()))


@require_POST
def disable(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Let a person in no more; their sessions end."""
    person = _person(request, person_id)
    disable_person(person, request.user, timezone.now())
    messages.success(request, _("%(person)s is let in no more.") % {"person": person})
    return redirect("workbench:people")


@require_POST
def enable(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Let a person in again."""
    person = _person(request, person_id)
    enable_person(person, request.user, timezone.now())
    messages.success(request, _("%(person)s is let in again.") % {"person": person})
    return redirect("workbench:people")


@require_POST
def withdraw(request: DeskRequest, link_id: UUID) -> HttpResponse:
    """Make a link worthless."""
    now = timezone.now()
    link = get_object_or_404(entry.links_managed_by(request.user, now), pk=link_id)
    entry.withdraw_link(link, request.user, now)
    return redirect("workbench:people")


@require_POST
def confirm(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """Confirm a role as second admin."""
    entry.confirm_role(_asked(request, request_id), request.user, timezone.now())
    return redirect("workbench:people")


@require_POST
def refuse(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """Refuse a role as second admin."""
    entry.refuse_role(_asked(request, request_id), request.user, timezone.now())
    return redirect("workbench:people")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Come in by a link: as a new member, or with a new password."""
    now, key = timezone.now(), request.POST.get("key", request.GET.get("key", ""))
    spend_try("", address_of(request, settings.TRUSTED_PROXIES), now)
    link = entry.find_link(key, now)
    form = JoinForm(request.POST or None, is_new=link.person_id is None, initial={"key": key, "name": link.name})
    if form.is_bound and form.is_valid() and _came_in(link, form):
        messages.success(request, _("Done. Sign in with your new password."))
        return redirect("workbench:sign-in")
    return render(request, "workbench/join.html", {"form": form, "link": link}, status=422 if form.errors else 200)


def _came_in(link: EntryLink, form: JoinForm) -> bool:
    """Whether it went well; else the form says why not."""
    try:
        if link.person_id is None:
            entry.join_desk(link, form.newcomer(), timezone.now())
        else:
            entry.set_password(link, form.cleaned_data["password"], timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _with_link(request: DeskRequest, link: EntryLink, key: str) -> HttpResponse:
    address = request.build_absolute_uri(f"{reverse('workbench:join')}?key={key}")
    return render(request, PAGE, {"screen": people_for(request.user, timezone.now(), made=(link, address))})


def _person(request: DeskRequest, person_id: UUID) -> User:
    return get_object_or_404(entry.people_managed_by(request.user), pk=person_id)


def _asked(request: DeskRequest, request_id: UUID) -> RoleRequest:
    return get_object_or_404(entry.roles_waiting(request.user), pk=request_id)
