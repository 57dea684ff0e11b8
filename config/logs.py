"""The logging dictionary: one readable line each, never an article's text."""


def configuration(level: str) -> dict[str, object]:
    """Give Django's LOGGING for a level such as INFO."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "factcheck": {"level": level},
            "django.request": {"level": "ERROR"},
            "celery": {"level": "WARNING"},
        },
    }
