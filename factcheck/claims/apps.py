from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Decisions: claims, evidence, verdicts, approvals."""

    name = "factcheck.claims"
    verbose_name = "claims"
