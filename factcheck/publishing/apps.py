from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Out to the world: published reviews and everything that reads them."""

    name = "factcheck.publishing"
    verbose_name = "publishing"
