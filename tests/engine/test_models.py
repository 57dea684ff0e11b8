"""What a real model promises: loaded once per process, soon, and the same bytes for any threads, order or process."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from config.processes import ENVIRONMENT
from factcheck.engine import Article, Models, extract, find_digests
from factcheck.engine.__main__ import main
from factcheck.engine.encoder import Hidden, Model, load_model

TEXTS = [
    "The mayor said on Tuesday that 14 percent of the bridges had been inspected in 2025.",
    "“It was not,” Tom Rowe, a retired engineer, told the board. " * 12,
    "Ελληνικά, 東京, 😀 and \ud83d half a character; naïve café.",
]


def model(threads: int = 1) -> Model:
    loaded = load_model(Models(threads=threads))
    assert loaded is not None
    return loaded


def read(text: str, threads: int) -> bytes:
    reader = model(threads)
    ids = reader.tokenize(text).ids
    return reader.encode(ids, [0] * len(ids)).tobytes()


@pytest.mark.parametrize("text", TEXTS)
def test_one_thread_and_two_read_the_same_bytes(text: str) -> None:
    assert read(text, threads=1) == read(text, threads=2)


def test_what_was_read_before_changes_nothing() -> None:
    forward = [read(text, 1) for text in TEXTS]
    backward = [read(text, 1) for text in reversed(TEXTS)]

    assert forward == backward[::-1]


def test_pieces_lie_where_their_words_stand() -> None:
    tokens = model().tokenize(TEXTS[0])

    assert len(tokens.ids) == len(tokens.offsets)
    assert [TEXTS[0][start:end] for start, end in tokens.offsets[:3]] == ["The", "mayor", "said"]


def test_each_piece_has_a_state() -> None:
    ids = model().tokenize(TEXTS[0]).ids

    assert model().encode(ids, [0] * len(ids)).shape == (len(ids), 384)


def test_the_layout_is_read() -> None:
    ids = model().tokenize(TEXTS[0]).ids

    assert model().encode(ids, [0] * len(ids)).tobytes() != model().encode(ids, [1] * len(ids)).tobytes()


def test_a_model_is_loaded_once_in_a_process() -> None:
    assert load_model(Models(threads=1)) is load_model(Models(threads=1))


@pytest.mark.thorough
def test_a_child_loads_its_own_model_and_reads_the_same() -> None:
    code = (
        "import os, sys; from tests.engine.test_models import TEXTS, model, read\n"
        "own, before = id(model()), read(TEXTS[0], 1)\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(0 if id(model()) != own and read(TEXTS[0], 1) == before else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50)

    assert done.stdout.strip() == "0"


def test_an_extraction_names_the_model_that_read_it() -> None:
    article = Article("a", TEXTS[0])

    assert extract(article).models == find_digests(Models(pair=None)) != {}
    assert extract(article, models=Models(None)).models == {}


def test_threads_and_the_order_of_files_change_no_word_of_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    paths = [str(tmp_path / f"article-{number}.txt") for number in range(len(TEXTS))]
    for path, text in zip(paths, TEXTS, strict=True):
        Path(path).write_text(f"Headline\n\n{text}", encoding="utf-8", errors="replace")

    def analyze(names: list[str], threads: str) -> bytes:
        monkeypatch.delenv("FACTCHECK_ATTRIBUTION_MODEL", raising=False)  # the tests choose rules alone
        monkeypatch.setenv("FACTCHECK_MODEL_THREADS", threads)
        assert main(["analyze", *names]) == 0
        printed = capfdbinary.readouterr().out
        assert json.loads(printed)["engine"]["models"] == find_digests(Models())
        return printed

    forward, again, backward = analyze(paths, "1"), analyze(paths, "2"), analyze(paths[::-1], "2")

    assert forward == again
    assert json.loads(backward)["articles"] == json.loads(forward)["articles"][::-1]


def test_no_hub_is_asked() -> None:
    model()

    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert "huggingface_hub" not in sys.modules


def test_a_setting_names_a_folder_or_rules_alone_or_nothing() -> None:
    assert Models.chosen("rules", "rules", 2) == Models(None, None, 2)
    assert Models.chosen() == Models()
    assert Models.chosen("rules") == Models(None)
    assert Models.chosen("~/model").attribution == Path.home() / "model"


HELD = """
import json
from factcheck.engine import Models
from factcheck.engine.encoder import load_model

def held():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024

reader = load_model(Models(threads=1))
ids = reader.tokenize("The mayor said that the bridge was safe. " * 60).ids
before = reader.encode(ids[:9], [0] * 9).tobytes()
first = held()
for length in (382, 300, 382, 200):
    reader.encode(ids[:length], [0] * length)
read = held()
reader.rest()
same = reader.encode(ids[:9], [0] * 9).tobytes() == before
print(json.dumps({"first": first, "read": read, "rested": held(), "same": same}))
"""


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="reads what the process holds from /proc")
def test_the_memory_that_reading_took_is_given_back_and_nothing_else_changes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELD], capture_output=True, text=True, check=True, env={**os.environ, **ENVIRONMENT}
    )

    found = json.loads(done.stdout)
    assert found["read"] - found["first"] > 5  # MB: else there is nothing to give back
    assert found["rested"] - found["first"] < (found["read"] - found["first"]) / 2
    assert found["same"]


def test_the_same_pieces_over_and_over_are_read_but_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    read, encode = [], Model.encode

    def noted(self: Model, ids: Sequence[int], layout: Sequence[int]) -> Hidden:
        read.append(ids)
        return encode(self, ids, layout)

    monkeypatch.setattr(Model, "encode", noted)
    extract(Article("a", "Bridge\n\n" + "1," * 4_000), models=Models(threads=1))

    assert len(read) <= 4
