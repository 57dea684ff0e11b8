"""A model's folder is whole or refused; nothing is loaded to see that."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.engine import SHIPPED, SHIPPED_PAIRS, Models, ModelUnusable, find_digests, name_build
from factcheck.engine.encoder import Kind, find_folder, load_model, open_folder

FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A folder whose files are named by its manifest, though no model could be loaded from them."""

    def make_folder(name: str = "model", **contents: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        hashes = {}
        for file in FILES:
            content = contents.get(file.partition(".")[0], f"the {file}").encode()
            (folder / file).write_bytes(content)
            hashes[file] = hashlib.sha256(content).hexdigest()
        manifest = {"window": 384, "overlap": 48, "confidence": {"cue": 0.4}, "files": hashes}
        (folder / "model.json").write_text(json.dumps(manifest))
        return folder

    return make_folder


def test_a_whole_folder_says_what_the_model_was_made_to_read(make: Make) -> None:
    folder = open_folder(make())

    assert (folder.window, folder.overlap, folder.confidence) == (384, 48, {"cue": 0.4})


def test_another_file_makes_another_digest(make: Make) -> None:
    same, again = open_folder(make("a")).digest, open_folder(make("b")).digest
    others = {open_folder(make(f"other-{name}", **{name: "x"})).digest for name in ("encoder", "heads", "tokenizer")}

    assert same == again
    assert len({same, *others}) == 4


def _without_manifest(folder: Path) -> None:
    (folder / "model.json").unlink()


def _with_manifest(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "model.json").write_text(text)

    return write


def _without_encoder(folder: Path) -> None:
    (folder / "encoder.onnx").unlink()


def _with_cut_encoder(folder: Path) -> None:
    (folder / "encoder.onnx").write_bytes(b"the enc")


BROKEN = [
    (_without_manifest, "its model.json cannot be read (No such file or directory)"),
    (_with_manifest("{"), "its model.json cannot be read (JSONDecodeError"),
    (_with_manifest("[]"), "its model.json cannot be read (TypeError"),
    (_with_manifest('{"files": {}}'), "its model.json cannot be read (KeyError: 'encoder.onnx')"),
    (_without_encoder, "its file encoder.onnx cannot be read (No such file or directory)"),
    (_with_cut_encoder, "its file encoder.onnx is not the one that model.json names"),
]


@pytest.mark.parametrize(("spoil", "reason"), BROKEN, ids=[reason for _, reason in BROKEN])
def test_a_broken_folder_is_refused_with_its_place_the_reason_and_a_remedy(
    make: Make, spoil: Callable[[Path], None], reason: str
) -> None:
    folder = make()
    spoil(folder)

    with pytest.raises(ModelUnusable) as refusal:
        find_digests(Models(folder))

    for words in (str(folder), reason, "Put the whole folder there again"):
        assert words in str(refusal.value)


def test_a_folder_is_read_once_in_a_process(make: Make) -> None:
    folder = make()
    first = find_folder(Models(folder))
    (folder / "model.json").unlink()

    assert find_folder(Models(folder, threads=2)) is first


def test_files_that_are_no_model_are_refused_when_they_are_loaded(make: Make) -> None:
    folder = make()

    with pytest.raises(ModelUnusable, match="it does not load"):
        load_model(Models(folder))


def test_a_model_made_for_something_else_is_refused(make: Make) -> None:
    with pytest.raises(ModelUnusable, match="it is a model of kind attribution, and one of kind pair is wanted"):
        load_model(Models(None, make()), Kind.PAIR)


def test_rules_alone_have_no_model_and_no_digest() -> None:
    assert load_model(Models(None, None)) is None
    assert find_digests(Models(None, None)) == {}
    assert name_build({}) == "0.1.0"


def test_a_build_is_named_for_its_models(make: Make) -> None:
    digests = find_digests(Models(make(), None))

    assert digests == {"attribution": f"sha256:{open_folder(make('twin')).digest}"}
    assert name_build(digests) == "0.1.0+" + digests["attribution"].removeprefix("sha256:")[:12]


def test_the_models_that_come_with_the_engine_are_the_default() -> None:
    assert (Models().attribution, Models().pair) == (SHIPPED, SHIPPED_PAIRS)


def test_importing_the_engine_loads_no_array_library() -> None:
    code = (
        "import sys, factcheck.engine; "
        "print([name for name in sys.modules if name in ('onnxruntime', 'tokenizers', 'numpy')])"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert printed.stdout.strip() == "[]"
