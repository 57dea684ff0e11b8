from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.utils.decorators import method_decorator


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign in; the session's key changes with it."""

    template_name = "workbench/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Sign out, by POST."""
