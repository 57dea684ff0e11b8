from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The machine interface: the same services as the pages, as REST."""

    name = "factcheck.api"
    label = "api"
    verbose_name = "API"
