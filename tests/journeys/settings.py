"""Settings of the journeys: an installation's own, but that hashing a password, done for each journey, is quick."""

from config.settings import *  # noqa: F403 -- everything else is the product's

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
