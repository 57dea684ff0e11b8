from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator


class NewsroomAdminSite(AdminSite):
    """The queues and look-ups. Whoever has a role on a desk may come in; what they see is scoped by their desks."""

    site_title = "Factcheck"
    site_header = "Factcheck"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active members of a desk; Django's staff and superuser flags say nothing here."""
        return request.user.is_active and bool(getattr(request.user, "roles", None))

    def index(self, request: HttpRequest, extra_context: object = None) -> HttpResponseRedirect:  # type: ignore[override]  # ours is no template
        """The inbox is the home of everything."""
        return redirect("workbench:inbox")

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """One place to sign in; a signed-in person without a desk is told no."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{resolve_url('workbench:sign-in')}?{urlencode({'next': request.GET.get('next', '/')})}")
