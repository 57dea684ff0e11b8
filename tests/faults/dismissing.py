"""A reviewer who dismisses pairs as they come in, one of each wording that ends in certain digits, until stdin closes."""

import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
CHOSEN = "01234"  # of sixteen last digits: every third wording, about


def main() -> None:
    """Look, dismiss, look again."""
    django.setup()
    from django.utils import timezone

    from factcheck.corpus.models import ConflictPair, Decision
    from factcheck.corpus.services.conflicts import decide_conflict
    from factcheck.ledger.errors import Refusal
    from factcheck.newsroom.models import User

    ben, over, dismissed = User.objects.get(username="ben"), threading.Event(), set[str]()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    while not over.wait(0.02):
        for pair in ConflictPair.objects.awaiting_editor().exclude(fingerprint__in=dismissed):
            if pair.fingerprint[-1] in CHOSEN and pair.fingerprint not in dismissed:
                try:
                    decide_conflict(pair, Decision.SAME_CLAIM, pair.version, ben, now=timezone.now())
                except Refusal:
                    continue
                dismissed.add(pair.fingerprint)
    print(len(dismissed))


if __name__ == "__main__":
    main()
