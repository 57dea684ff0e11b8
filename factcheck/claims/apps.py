from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Decisions: claims, evidence, verdicts, approvals."""

    name = "factcheck.claims"
    verbose_name = "claims"

    def ready(self) -> None:
        """Let many be given to a colleague or tagged at once: the room that does so knows none of those above it."""
        from factcheck.claims.services.bulk import add_verbs

        add_verbs()
