"""The control of the webhook test: the sender is one that marks before it sends."""

import sys

from config.settings import *  # noqa: F403 -- everything but the sender

SENDER = [sys.executable, "-m", "tests.faults.marking"]
