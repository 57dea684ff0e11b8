import json
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.intake.fetching.errors import ForbiddenAddress, UnfitAddress
from factcheck.intake.fetching.wire import Clock, Gate, Wire, resolve_name

ROOT = Path(__file__).parents[3]


@pytest.mark.thorough
def test_no_door_leads_to_a_forbidden_address() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.intake.fetching.leading"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    print(told)
    on, off = json.loads(told)["on"], json.loads(told)["off"]

    assert on["n"] >= 300
    assert (on["violations"], on["fetched"]) == (0, [])
    assert off["violations"] >= 300  # the control: without the gate, the same cases do lead there
    assert off["sent"] >= 100  # and those that are targets of a webhook as well


def test_a_name_is_looked_up_once_for_each_connection() -> None:
    asked: list[str] = []

    def rebinds(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"]

    with pytest.raises(ForbiddenAddress):
        Wire(Gate(), Clock(5), rebinds, 1).connect_tcp("news.example", 80)

    assert asked == ["news.example"]


def test_what_is_found_inside_is_not_told_apart() -> None:
    words = set()
    for host, port in (("127.0.0.1", 80), ("10.0.0.1", 443), ("1.1.1.1", 22), ("::1", 80)):
        with pytest.raises(ForbiddenAddress) as refusal:
            Wire(Gate(), Clock(5), resolve_name, 1).connect_tcp(host, port)
        words.add(str(refusal.value))

    assert len(words) == 1


def test_a_number_that_is_no_address_is_no_name_either() -> None:
    with pytest.raises(UnfitAddress):
        Wire(Gate(), Clock(5), resolve_name, 1).connect_tcp("1.2.3.4.5", 80)
