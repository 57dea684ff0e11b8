from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class JobsConfig(AppConfig):
    """Later: the only room that knows Celery."""

    name = "factcheck.jobs"
    verbose_name = "jobs"

    def ready(self) -> None:
        """Wire what commits to what follows, on Celery's application of this installation."""
        from factcheck.jobs import triggers

        import_module(settings.CELERY_APP)
        triggers.connect()
