from django.contrib.admin import AdminSite
from django.http import HttpRequest


class NewsroomAdminSite(AdminSite):
    """The queues and look-ups. Whoever has a role on a desk may come in; what they see is scoped by their desks."""

    site_title = "Factcheck"
    site_header = "Factcheck"
    index_title = "Everything"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active members of a desk; Django's staff and superuser flags say nothing here."""
        return request.user.is_active and bool(getattr(request.user, "roles", None))
