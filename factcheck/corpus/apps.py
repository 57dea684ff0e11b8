from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """Texts: articles and what they say."""

    name = "factcheck.corpus"
    verbose_name = "corpus"

    def ready(self) -> None:
        """Have the models checked at every start."""
        from factcheck.corpus import checks  # noqa: F401 -- importing it registers it
