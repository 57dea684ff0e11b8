import io
import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from rich.console import Console

from factcheck.corpus.models import Anchor, Article, ConflictPair, Outlet, Site
from factcheck.jobs.findings import print_findings
from factcheck.jobs.seeding import NotADemo, load_demo
from factcheck.ledger.models import AuditEntry, Job, JobState
from factcheck.newsroom.models import Desk, User
from tests.conftest import _run, guards
from tests.factories import BRIDGE, NOW, make_analyzed_article, make_article, make_bridge_pair, run_open_jobs
from tests.intake.fetching.serving import page, serving
from tests.intake.parsing.made import PAGE, packed
from tests.people import People

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def run(*words: Any, **options: Any) -> tuple[int, str, str]:
    """A command's exit status, output and complaints."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*words, stdout=out, stderr=err, **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(BRIDGE, encoding="utf-8")
    return path


def test_ingest_adds_articles_and_queues_their_analysis(people: People, file: Path) -> None:
    status, out, _ = run("ingest", str(file), desk="city", by="ada", outlet="Orla Post", add_outlet=True)

    assert (status, out.strip()) == (0, "1 added, 0 refused.")
    assert Job.objects.get().subject_id == Article.objects.get().pk


BAD = [
    (b"", "There is no text here"),
    (bytes(range(256)) * 4, "This file is not text"),
    (b"A\n" + b"x" * (1024 * 1024 + 1), "One line of this text is over 1 MB"),
    (b"A\n" * (1024 * 1024 + 1), "an article may have 2 MB"),
    (b"A\n" * (3 * 1024 * 1024), "an article may have 2 MB"),
]


@pytest.mark.parametrize(("raw", "words"), BAD, ids=["empty", "not text", "one long line", "2.1 MB", "6 MB"])
def test_ingest_refuses_rubbish_by_name_and_goes_on(
    people: People, file: Path, tmp_path: Path, raw: bytes, words: str
) -> None:
    rubbish = tmp_path / "rubbish.txt"
    rubbish.write_bytes(raw)

    status, out, err = run("ingest", str(rubbish), str(tmp_path / "missing.txt"), str(file), desk="city", by="ada")

    assert (status, out.strip()) == (1, "1 added, 2 refused.")
    assert f"{rubbish}: " in err
    assert words in err
    assert "missing.txt: No such file or directory" in err


def test_ingest_refuses_the_same_article_twice_and_an_unknown_outlet(
    people: People, file: Path, tmp_path: Path
) -> None:
    run("ingest", str(file), desk="city", by="ada", outlet="Orla Post", add_outlet=True)
    other = tmp_path / "other.txt"
    other.write_text("Other\n\nText.", encoding="utf-8")

    status, _, err = run("ingest", str(file), str(other), desk="city", by="ada", outlet="Orla Pots")

    assert status == 1
    assert "Did you mean Orla Post?" in err
    assert Outlet.objects.count() == Article.objects.count() == 1


def test_ingest_counts_every_part_of_a_bundle_and_adds_none_twice(people: People, tmp_path: Path) -> None:
    bundle = tmp_path / "many.zip"
    texts = {f"part{number}_txt": f"Part {number}\n\nText {number}." for number in range(3)}
    bundle.write_bytes(packed(**texts, **{f"program{number}_exe": b"MZ" for number in range(25)}))

    first = run("ingest", str(bundle), desk="city", by="ada")
    again = run("ingest", str(bundle), desk="city", by="ada")

    assert (first[0], first[1].strip()) == (1, "3 added, 25 refused.")
    assert (again[0], again[1].strip()) == (1, "0 added, 3 already there, 25 refused.")
    assert first[2].count("program") == 25


def test_ingest_waits_for_its_turn_at_a_site_where_no_worker_would(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.corpus.services.manners.LONGEST_WAIT", 0.0)
    with serving(page(PAGE.encode())) as served:
        monkeypatch.setattr("factcheck.corpus.services.retrieving.Client", served.client)
        Site.objects.create(name=served.url(""), free_at=timezone.now() + timedelta(seconds=0.4))
        status, out, _ = run("ingest", served.url("/bridge"), desk="city", by="ada")

    assert (status, out.strip()) == (0, "1 added, 0 refused.")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": "nobody"}, "There is nobody who signs in as 'nobody'"),
        ({"by": "ada", "desk": None}, "Say which desk with --desk. Desks: city, sports."),
        ({"by": "ada", "desk": "moon"}, "Desks: city, sports."),
    ],
)
def test_a_wrong_call_of_ingest_ends_with_two(people: People, file: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandError, match=words) as error:
        run("ingest", str(file), **{"desk": "city", **options})

    assert error.value.returncode == 2


def test_a_wrong_date_of_ingest_is_said(people: People, file: Path) -> None:
    with pytest.raises(CommandError, match="'yesterday' is no date"):
        run("ingest", str(file), "--by=ada", "--desk=city", "--published=yesterday")


def test_the_demo_newsroom_is_loaded_once(db: None, tmp_path: Path) -> None:
    kept = tmp_path / "sign_ins.json"

    first = load_demo(SEEDS, kept, NOW)
    second = load_demo(SEEDS, kept, NOW)

    assert [article.pk for article in first.articles] == [article.pk for article in second.articles]
    assert first.sign_ins == second.sign_ins
    assert sorted(role for _, role, _ in first.sign_ins) == ["admin", "lead", "reporter", "reviewer"]
    assert (Desk.objects.count(), User.objects.count(), Article.objects.count()) == (1, 4, 1)


def test_the_demo_sign_ins_work_and_are_kept_from_others(db: None, tmp_path: Path, client: Any) -> None:
    kept = tmp_path / "sign_ins.json"

    load_demo(SEEDS, kept, NOW)

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for name, _, password in json.loads(kept.read_text()):
        assert client.login(username=name, password=password)


def test_the_demo_is_not_loaded_into_a_real_newsroom(people: People, tmp_path: Path) -> None:
    with pytest.raises(NotADemo, match="of its own"):
        load_demo(SEEDS, tmp_path / "sign_ins.json", NOW)

    assert not (tmp_path / "sign_ins.json").exists()


def test_the_seed_article_yields_its_two_headline_conflicts(db: None, tmp_path: Path) -> None:
    (article,) = load_demo(SEEDS, tmp_path / "sign_ins.json", NOW).articles
    run_open_jobs()

    pairs = ConflictPair.objects.with_sides().filter(a__article=article)
    found = {
        (pair.kind, *sorted(f"{side.speaker} via {side.reported_by}" for side in (pair.a, pair.b))) for pair in pairs
    }
    assert ("denial", "Vladimir Putin via Kremlin", "Vladimir Putin via Macron’s office") in {
        (kind, *sorted(side.replace("the Kremlin", "Kremlin") for side in sides)) for kind, *sides in found
    }
    assert ("broken_pledge", "Alexander Lukashenko via Volodymyr Zelenskyy", "Ukrainian officials via None") in found


def test_what_was_found_is_printed_with_both_quotations_and_why(people: People) -> None:
    pair = make_bridge_pair(people.desk, people.ada)
    console = Console(file=io.StringIO(), width=100)

    print_findings(console, pair.a.article)

    printed = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO, made above
    for words in (
        "2 statements by 2 speakers",
        "1 suggested conflict",
        "denial  0.90",
        "Ilse Varga:",
        "Why: Ilse Varga against",
    ):
        assert words in printed


def test_a_sound_database_has_no_violations(people: People) -> None:
    make_analyzed_article(people.desk, people.ada)
    make_bridge_pair(people.desk, people.ada, "Monday")
    Job.objects.filter(kind="pair").count()

    status, out, _ = run("verify_audit")

    assert status == 0
    assert out.splitlines()[0] == f"{AuditEntry.objects.count()} entries: 0 problems."


def test_a_lost_article_is_a_violation(people: People) -> None:
    make_article(people.desk, people.ada)
    assert run("verify_invariants")[:2] == (0, "0 violations.\n")

    Job.objects.all().delete()

    status, out, _ = run("verify_invariants")
    assert status == 1
    assert "was accepted and will never be analyzed" in out


def test_a_half_written_run_and_a_lost_guard_are_violations(people: People) -> None:
    make_analyzed_article(people.desk, people.ada)
    assert run("verify_invariants")[0] == 0

    Job.objects.filter(kind="pair").delete()
    _run(sql for guard in guards() for sql in guard.removal(connection.vendor))
    Anchor.objects.filter(pk=Anchor.objects.first().pk).update(content="other words")  # type: ignore[union-attr]  # there are some

    _, out, _ = run("verify_invariants")
    for words in (
        "pairing never asked for",
        "lost its guard anchor_stands_where_it_says",
        "does not stand where it says",
    ):
        assert words in out


def test_a_broken_chain_is_named(people: People) -> None:
    make_article(people.desk, people.ada)
    _run(sql for guard in guards() for sql in guard.removal(connection.vendor))
    AuditEntry.objects.update(verb="something else")

    status, out, _ = run("verify_audit")

    assert status == 1
    assert out.startswith("entry 1 was changed")


def test_ingest_waits_for_what_an_earlier_call_queued_too(people: People, file: Path) -> None:
    options = {"desk": "city", "by": "ada", "outlet": "Orla Post", "add_outlet": True}
    run("ingest", str(file), **options)
    Job.objects.update(state=JobState.FAILED, reason="It was given up.", ended_at=NOW)

    status, out, _ = run("ingest", str(file), wait=True, **options)

    assert (status, out.strip()) == (1, "0 added, 1 already there, 0 refused.")


def test_ingest_goes_on_where_it_stopped_and_says_what_of_a_bundle_was_refused(people: People, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    once = run("ingest", str(folder), desk="city", by="ada", outlet="Orla Post", add_outlet=True)
    rows = [{"text": "Council sits\n\nThe council sat."}, {"text": "Market\n\nIt opened.", "published": "2999-01-01"}]
    (folder / "more.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    again = run("ingest", str(folder), desk="city", by="ada", outlet="Orla Post", add_outlet=True)

    assert once[:2] == (0, "1 added, 0 refused.\n")
    assert again[0] == 0
    assert "already there, 0 refused." in again[1]
