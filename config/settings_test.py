"""Settings of the tests: what would be slow or leave traces is swapped, nothing else."""

import os
import tempfile

os.environ.setdefault("FACTCHECK_DATA", tempfile.mkdtemp(prefix="factcheck-test-"))

from config.settings import *  # noqa: F403 -- the data folder must be set before the settings are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405 -- from settings
WHITENOISE_AUTOREFRESH = True

if "postgresql" in str(DATABASES["default"]["ENGINE"]):  # noqa: F405 -- from settings
    # A test is one transaction, and may think for longer in the middle of it than an installation lets a worker.
    DATABASES["default"]["OPTIONS"]["options"] = "-c idle_in_transaction_session_timeout=0"  # type: ignore[index]  # noqa: F405 -- from settings

ATTRIBUTION_MODEL = "rules"  # the tests that are about a model choose one

FETCH_PACE = 0  # the tests that are about the pace set one
