from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Later: the only room that knows Celery."""

    name = "factcheck.jobs"
    verbose_name = "jobs"
