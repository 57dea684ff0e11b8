from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from factcheck.newsroom.errors import UnfitRules
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.newsroom.rules import change_rules
from factcheck.workbench.forms_team import RulesForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.rules import rule_forms


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: DeskRequest) -> HttpResponse:
    """How the desks of this person work: shown, and changed."""
    require_somewhere(request.user, Action.SET_RULES)
    form = RulesForm(request.POST, person=request.user) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _page(request, form)
    try:
        said = form.cleaned_data
        change_rules(said["desk"], form.rules(), said["version"], request.user, timezone.now())
    except UnfitRules as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    messages.success(request, _("Saved. It holds from now on; what is in hand keeps the time it was given."))
    return redirect("workbench:desk-rules")


def _page(request: DeskRequest, form: RulesForm | None) -> HttpResponse:
    context = {"forms": rule_forms(request.user, form)}
    return render(request, "workbench/desk_rules.html", context, status=422 if form else 200)
