from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from factcheck.ledger.errors import Refusal
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.publishing.models import Delivery, WebhookEndpoint
from factcheck.publishing.webhooks import endpoints
from factcheck.publishing.webhooks.deliveries import redeliver, redeliver_missed
from factcheck.workbench.forms import BackForm, VersionForm
from factcheck.workbench.forms_webhooks import ChangeWebhookForm, NewWebhookForm, RotateForm
from factcheck.workbench.refusals import status_of
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.webhooks import webhook_for, webhooks_for
from factcheck.workbench.undo import remember, way_back


@require_safe
def show_all(request: DeskRequest) -> HttpResponse:
    """The webhooks of one's desks."""
    require_somewhere(request.user, Action.EDIT_WEBHOOKS)
    return render(request, "workbench/webhooks.html", {"screen": webhooks_for(request.user)})


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """Add a webhook, and show its secret once."""
    require_somewhere(request.user, Action.EDIT_WEBHOOKS)
    form = NewWebhookForm(request.POST, person=request.user)
    if form.is_valid():
        try:
            said = form.cleaned_data["desk"], request.user, timezone.now()
            return _page(request, *endpoints.add_webhook(form.new(), *said))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "workbench/webhooks.html", {"screen": webhooks_for(request.user, form)}, status=422)


@require_safe
def show(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """A webhook: how it is set, and what it delivered."""
    return _page(request, _webhook(request, webhook_id))


@require_POST
def change(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Let messages go elsewhere, or others go there."""
    endpoint, form = _webhook(request, webhook_id), ChangeWebhookForm(request.POST)
    if not form.is_valid():
        return _page(request, endpoint, form=form, status=422)
    try:
        seen = form.cleaned_data["version"]
        endpoints.change_webhook(endpoint, form.new(), seen, request.user, timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _webhook(request, webhook_id), form=form, status=status_of(refusal))
    messages.success(request, _("Saved. It holds from the next message on."))
    return redirect(endpoint)


@require_POST
def rotate(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Make a new secret, and show it once."""
    endpoint, said, now = _webhook(request, webhook_id), RotateForm(request.POST).require_valid(), timezone.now()
    secret = endpoints.rotate_secret(endpoint, said["version"], request.user, now, at_once=said["at_once"])
    return _page(request, endpoint, secret)


@require_POST
def test(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Send a test message."""
    endpoint = _webhook(request, webhook_id)
    endpoints.try_webhook(endpoint, request.user, timezone.now())
    messages.success(request, _("A test message is on its way. What becomes of it stands below."))
    return redirect(endpoint)


@require_POST
def switch_on(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Send messages there again."""
    endpoint, said = _webhook(request, webhook_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        endpoints.take_back_switching(endpoint, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        endpoints.switch_on_webhook(endpoint, said["version"], request.user, timezone.now())
    messages.success(request, _("Switched on. What it missed is sent only where you ask for it."))
    address = reverse("workbench:webhook-off", args=[endpoint.pk])
    back = way_back(endpoint, said, version=endpoint.version)
    remember(request, _("Webhook switched on"), endpoint, address, **back)
    return redirect(endpoint)


@require_POST
def switch_off(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Send nothing there any more."""
    endpoint, said = _webhook(request, webhook_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        endpoints.take_back_switching(endpoint, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        endpoints.switch_off_webhook(endpoint, said["version"], request.user, timezone.now())
    messages.success(request, _("Switched off. Nothing is sent there any more."))
    address = reverse("workbench:webhook-on", args=[endpoint.pk])
    back = way_back(endpoint, said, version=endpoint.version)
    remember(request, _("Webhook switched off"), endpoint, address, **back)
    return redirect(endpoint)


@require_POST
def remove(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Take a webhook away."""
    endpoint, said = _webhook(request, webhook_id), VersionForm(request.POST).require_valid()
    endpoints.remove_webhook(endpoint, said["version"], request.user, timezone.now())
    messages.success(request, _("“%(webhook)s” is removed.") % {"webhook": endpoint})
    return redirect("workbench:webhooks")


@require_POST
def send_missed(request: DeskRequest, webhook_id: UUID) -> HttpResponse:
    """Send all messages again that were given up."""
    endpoint = _webhook(request, webhook_id)
    count = redeliver_missed(endpoint, request.user, timezone.now())
    words = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
    messages.success(request, words % {"count": count})
    return redirect(endpoint)


@require_POST
def send_again(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Send a message again: the same id and the same bytes."""
    delivery = get_object_or_404(Delivery.objects.of(request.user).select_related("endpoint"), pk=delivery_id)
    redeliver(delivery, request.user, timezone.now())
    messages.success(request, _("It is sent again."))
    return redirect(delivery.endpoint)


def _page(
    request: DeskRequest,
    endpoint: WebhookEndpoint,
    secret: str = "",
    form: ChangeWebhookForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    screen = webhook_for(endpoint, request.GET, timezone.now(), form=form, secret=secret)
    return render(request, "workbench/webhook.html", {"screen": screen}, status=status)


def _webhook(request: DeskRequest, webhook_id: UUID) -> WebhookEndpoint:
    managed = WebhookEndpoint.objects.managed_by(request.user)
    return get_object_or_404(managed.select_related("desk", "created_by"), pk=webhook_id)
