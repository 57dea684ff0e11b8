"""Workers that load test doubles: of a protection, in a control, or of the times to wait. The product has no switch."""

import os

from config.settings import *  # noqa: F403 -- everything else is the product's

CELERY_INCLUDE = [f"tests.faults.doubles.{name}" for name in os.environ["FAULTS_DOUBLE"].split()]
