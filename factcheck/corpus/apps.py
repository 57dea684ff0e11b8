from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """Texts: articles and what they say."""

    name = "factcheck.corpus"
    verbose_name = "corpus"
