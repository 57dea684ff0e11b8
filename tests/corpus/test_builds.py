"""The models that the settings choose: checked at a start, named in every run, loaded by workers alone."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import load_command_class
from django.test import Client

from factcheck import engine
from factcheck.corpus.errors import NotTried
from factcheck.corpus.models import AnalysisRun
from factcheck.corpus.services.builds import chosen_models, current_build
from factcheck.corpus.services.switching import switch_engine
from factcheck.engine.encoder import loading
from factcheck.ledger.models import Job, JobState
from tests.factories import NOW, make_analyzed_article, make_article, run_open_jobs
from tests.people import People

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def spoiled(tmp_path: Path, settings: Any) -> Path:
    """The settings choose a folder with a manifest and no model."""
    (tmp_path / "model.json").write_text(json.dumps({"window": 384, "overlap": 48, "files": {}}))
    settings.ATTRIBUTION_MODEL = str(tmp_path)
    return tmp_path


@pytest.fixture
def _forgotten() -> Iterator[None]:
    """No folder has been looked at yet in this process, nor afterwards."""
    loading._open_once.cache_clear()
    yield
    loading._open_once.cache_clear()


def test_the_check_names_the_variable_the_reason_and_the_remedy(spoiled: Path) -> None:
    (problem,) = run_checks()

    assert problem.id == "corpus.E001"
    for words in ("FACTCHECK_ATTRIBUTION_MODEL", str(spoiled), "KeyError: 'encoder.onnx'", "choose another"):
        assert words in str(problem)


def test_a_choice_that_can_be_used_passes() -> None:
    assert run_checks() == []


@pytest.mark.parametrize("command", ["run", "serve", "process"])
def test_what_starts_something_checks_first(command: str) -> None:
    assert load_command_class("factcheck.jobs", command).requires_system_checks == "__all__"


@pytest.mark.thorough
def test_a_wrong_choice_stops_the_start(tmp_path: Path) -> None:
    own = {"FACTCHECK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    own |= {"FACTCHECK_ATTRIBUTION_MODEL": str(tmp_path / "none")}

    done = subprocess.run(
        [sys.executable, "manage.py", "process", "worker"],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"FACTCHECK_ATTRIBUTION_MODEL: The model in {tmp_path / 'none'} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_that_broke_since_the_start_fails_the_work_and_takes_the_article(people: People, spoiled: Path) -> None:
    article = make_article(people.desk, people.ada)
    run_open_jobs()

    job = Job.objects.get(subject_id=article.pk)
    assert job.state == JobState.FAILED
    assert str(spoiled) in job.reason
    assert current_build() == f"{engine.VERSION}+unusable"


def test_a_run_is_named_for_its_model(people: People, settings: Any) -> None:
    settings.ATTRIBUTION_MODEL = ""
    make_analyzed_article(people.desk, people.ada)

    run = AnalysisRun.objects.get()
    digest = engine.find_digests(engine.Models())["attribution"]
    assert run.engine_version == current_build() == f"{engine.VERSION}+{digest[7:19]}"
    assert run.models_used == {"attribution": digest}


def test_another_model_is_tried_before_it_goes_live(people: People, settings: Any, tmp_path: Path) -> None:
    settings.ATTRIBUTION_MODEL = ""
    article = make_analyzed_article(people.desk, people.ada)
    before = current_build()
    settings.ATTRIBUTION_MODEL = str(with_other_words(tmp_path / "other"))

    with pytest.raises(NotTried):
        switch_engine(people.desk, people.amir, NOW, article)

    assert current_build() != before


def with_other_words(folder: Path) -> Path:
    """A copy of the engine's own model whose tokenizer was written anew, and reads the same."""
    shutil.copytree(engine.SHIPPED, folder)
    words = folder / "tokenizer.json"
    words.write_text(json.dumps(json.loads(words.read_text(encoding="utf-8"))), encoding="utf-8")
    manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    manifest["files"]["tokenizer.json"] = hashlib.sha256(words.read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("_forgotten")
def test_requests_look_at_the_model_and_never_load_it(people: People, client: Client, settings: Any) -> None:
    settings.ATTRIBUTION_MODEL = ""
    loading._load.cache_clear()
    loaded = loading._load.cache_info()
    client.force_login(people.amir)

    make_article(people.desk, people.ada)
    health = client.get("/health/detail").json()

    assert health["models"] == engine.find_digests(chosen_models()) != {}
    assert health["engine_version"] == current_build()
    assert loading._load.cache_info() == loaded
    run_open_jobs()
    assert loading._load.cache_info() != loaded


@pytest.mark.thorough
def test_a_web_process_starts_without_the_libraries_of_the_models(tmp_path: Path) -> None:
    code = (
        "import sys, config.wsgi, config.urls\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "print([name for name in ('onnxruntime', 'tokenizers', 'numpy') if name in sys.modules])"
    )
    own = {"FACTCHECK_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings_test"}

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
