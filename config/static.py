from django.contrib.staticfiles.apps import StaticFilesConfig


class OwnStaticFiles(StaticFilesConfig):
    """Static files, without what we never serve: ReDoc's page asks other hosts for fonts."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc"]
