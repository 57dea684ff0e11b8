"""The control of the lock test: SQLite as Django sets it by itself, with deferred transactions and no WAL."""

from config.settings import *  # noqa: F403 -- everything but the database's options
from config.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {"timeout": 5}
