from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from factcheck.jobs.seeding import NotADemo, load_demo
from factcheck.jobs.worked import publish_demo


class Command(BaseCommand):
    """Load the demo newsroom."""

    help = "Load the demo newsroom from seeds/ where it is missing. Loading twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo = load_demo(Path(settings.SEEDS_DIR), Path(settings.DEMO_SIGN_INS), timezone.now())
        except NotADemo as refusal:
            raise CommandError(str(refusal)) from refusal
        publish_demo(Path(settings.SEEDS_DIR), timezone.now())  # once its article is analyzed
        self.stdout.write(f"The demo newsroom is there, with {len(demo.articles)} article(s).")
