from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class WorkbenchConfig(AppConfig):
    """The desk: pages for editors, in the shell of the admin."""

    name = "factcheck.workbench"
    verbose_name = "workbench"


class NewsroomAdminConfig(AdminConfig):
    """Django's admin with our site: members only, by the permission table."""

    default_site = "factcheck.workbench.site.NewsroomAdminSite"
