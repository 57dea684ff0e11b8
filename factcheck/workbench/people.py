from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.newsroom.addresses import address_of
from factcheck.newsroom.errors import TooManyAttempts
from factcheck.newsroom.services import change_password, end_sessions
from factcheck.newsroom.sign_in import record_failed_sign_in, record_sign_in, record_sign_out, spend_try
from factcheck.workbench.keeping import read_kept
from factcheck.workbench.languages import speak_to
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.account import account_for


@method_decorator([login_not_required, require_http_methods(["GET", "HEAD", "POST"])], name="dispatch")
class SignIn(LoginView):
    """Sign in; the session's key changes with it. A name is tried ten times a minute from one address, no more."""

    template_name = "workbench/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: str, **options: str) -> HttpResponse:
        """Count the try before the password is looked at."""
        name = request.POST.get("username", "")
        try:
            spend_try(name, address_of(request, settings.TRUSTED_PROXIES), timezone.now())
        except TooManyAttempts as refusal:
            # A form without data: asking a form with data for its errors would try the password.
            context = {"form": AuthenticationForm(request, initial={"username": name}), "refusal": refusal}
            headers = {"Retry-After": str(refusal.seconds)}
            return self.render_to_response(self.get_context_data(**context), status=429, headers=headers)
        return super().post(request, *args, **options)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Name and password go together; what they sent before is shown, to be sent again."""
        record_sign_in(form.get_user(), address_of(self.request, settings.TRUSTED_PROXIES), timezone.now())
        answer = super().form_valid(form)
        kept = read_kept(self.request.POST.get("carried", ""))
        if kept is None:
            return answer
        speak_to(self.request)
        return render(self.request, "workbench/send_again.html", {"kept": kept, "back": self.get_success_url()})

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """What was sent before is carried on through a wrong password."""
        return super().get_context_data(**more, carried=self.request.POST.get("carried", ""))

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """They do not."""
        name = form.cleaned_data.get("username", "")
        record_failed_sign_in(name, address_of(self.request, settings.TRUSTED_PROXIES), timezone.now())
        return super().form_invalid(form)


@require_POST
def sign_out(request: DeskRequest) -> HttpResponseBase:
    """End this session."""
    record_sign_out(request.user, timezone.now())
    logout(request)
    return redirect("workbench:sign-in")


@require_POST
def sign_out_everywhere(request: DeskRequest) -> HttpResponse:
    """End all sessions of this person, this one too."""
    end_sessions(request.user, request.user, timezone.now())
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("workbench:sign-in")


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: DeskRequest) -> HttpResponse:
    """One's own roles, password and sessions."""
    now = timezone.now()
    if request.method == "POST":
        spend_try(request.user.username, address_of(request, settings.TRUSTED_PROXIES), now)
    form = PasswordChangeForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        change_password(request.user, form.cleaned_data["new_password1"], request.user, now)
        logout(request)
        messages.success(
            request, _("Your password is changed, and you are signed out everywhere. Sign in with the new one.")
        )
        return redirect("workbench:sign-in")
    context = {"screen": account_for(request.user, form)}
    return render(request, "workbench/account.html", context, status=422 if form.errors else 200)
