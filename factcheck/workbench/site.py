from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


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

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Our own lists and nothing else: Django's log-in, password page, look-ups by id and catch-all stay shut."""
        from factcheck.workbench.admin import QueueAdmin

        ours = [(model._meta, site) for model, site in self._registry.items() if isinstance(site, QueueAdmin)]  # noqa: SLF001 -- Django's public name
        lists = [path(f"{meta.app_label}/{meta.model_name}/", include(site.get_urls())) for meta, site in ours]
        return [path("", self.admin_view(self.index), name="index"), *lists]

    def list_named(self, page: str) -> Any:
        """The list of this name, as `corpus_article`."""
        names = {model._meta.label_lower.replace(".", "_"): found for model, found in self._registry.items()}  # noqa: SLF001 -- Django's public name
        return names[page]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """No index of rooms: the rail leads everywhere."""
        return []

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]  # noqa: FBT001, FBT002 -- Django's signature
        """A page for members of a desk, only to be looked at."""

        def members_only(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied
            return view(request, *args, **options)

        return require_safe(never_cache(members_only))
