"""The settings of a control: a worker that loads a test double of one protection. Product code has no such switch."""

import os

from config.settings import *  # noqa: F403 -- everything else is the product's

CELERY_INCLUDE = [f"tests.faults.doubles.{os.environ['FAULTS_DOUBLE']}"]
