"""A reviewer who dismisses pairs as they come, one of each wording that ends in certain digits, till stdin closes."""

import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
CHOSEN = "01234"  # of sixteen last digits: every third wording, about


def until_closed(over: threading.Event) -> None:
    """Wait for the end of stdin."""
    sys.stdin.read()
    over.set()


def main() -> None:
    """Look, dismiss, look again."""
    django.setup()
    from django.utils import timezone

    from factcheck.corpus.models import ConflictPair, Decision
    from factcheck.corpus.services.conflicts import decide_conflict
    from factcheck.ledger.errors import Refusal
    from factcheck.newsroom.models import User

    ben, over, dismissed = User.objects.get(username="ben"), threading.Event(), set[str]()
    threading.Thread(target=until_closed, args=(over,), daemon=True).start()
    is_last = False
    while not is_last:
        is_last = over.wait(0.1)  # once more after the end of the day
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
