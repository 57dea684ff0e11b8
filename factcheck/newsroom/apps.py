from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Who: people, desks, memberships, and the one permission table."""

    name = "factcheck.newsroom"
    verbose_name = "newsroom"
