"""The settings of a control: a web process that rings inside the request, as the usual design does."""

from config.settings import *  # noqa: F403 -- everything else is the product's
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.faults.doubles.ringing.Loaded", *MIDDLEWARE]
