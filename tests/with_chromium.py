"""Run a command with CHROMIUM set to a browser found on this machine: `python tests/with_chromium.py COMMAND …`."""

import os
import shutil
import subprocess
import sys


def main() -> int:
    """Run the command, or say plainly why not."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("OMITTED: no Chromium found (Debian: apt-get install chromium).")
        return 1 if os.environ.get("FACTCHECK_NO_OMISSIONS") else 0
    return subprocess.call(sys.argv[1:], env={**os.environ, "CHROMIUM": browser})


if __name__ == "__main__":
    sys.exit(main())
