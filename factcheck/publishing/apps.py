from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Out to the world: published reviews and everything that reads them."""

    name = "factcheck.publishing"
    verbose_name = "publishing"

    def ready(self) -> None:
        """Let notices say what a webhook is: the room that describes them knows none of those above it."""
        from factcheck.claims.services.notices import FINDERS
        from factcheck.publishing.models import WebhookEndpoint

        FINDERS["webhookendpoint"] = WebhookEndpoint.objects.managed_by
