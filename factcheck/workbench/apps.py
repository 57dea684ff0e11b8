from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class WorkbenchConfig(AppConfig):
    """The desk: pages for editors, in the shell of the admin."""

    name = "factcheck.workbench"
    verbose_name = "workbench"

    def ready(self) -> None:
        """Say what a saved view finds: alerts on views know nothing of lists."""
        from factcheck.newsroom.alerts import ROWS
        from factcheck.workbench.forms_lists import TELLING
        from factcheck.workbench.selection import rows_for

        ROWS.update(dict.fromkeys(TELLING, rows_for))


class NewsroomAdminConfig(AdminConfig):
    """Django's admin with our site: members only, by the permission table."""

    default_site = "factcheck.workbench.site.NewsroomAdminSite"
