"""The house rules that no linter sees: budgets, no writing outside services, words that stay true."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EDGES = ("workbench", "api", "jobs")
WRITES = {
    *("create", "update", "delete", "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("add", "remove", "set", "clear", "acreate", "asave", "adelete", "aupdate"),
}
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_EDGE = 60, 400, 15
MOST_BRANCHES = 8
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler),
    *(ast.BoolOp, ast.comprehension, ast.match_case),
)


def sources(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Every node of a file's tree; each file is read once."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(path):
        if isinstance(node, FUNCTIONS):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def share(values: list[int], part: float) -> int:
    return sorted(values)[int(part * (len(values) - 1))]


def test_functions_are_short() -> None:
    found = [(length(node), place(path, node)) for path in sources("factcheck", "config") for node in functions(path)]

    assert [row for row in found if row[0] > LONGEST_FUNCTION] == []
    assert share([lines for lines, _ in found], 0.5) <= 8
    assert share([lines for lines, _ in found], 0.95) <= 35


def branches(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The ways through a function: each choice, loop, handler and chain of conditions adds one."""
    return 1 + sum(isinstance(child, BRANCHES) for child in ast.walk(node))


def test_functions_branch_little() -> None:
    tangled = [
        f"{place(path, node)} {node.name} has {branches(node)} branches"
        for path in sources("factcheck", "config")
        for node in functions(path)
        if branches(node) > MOST_BRANCHES
    ]

    assert tangled == []


def test_the_count_of_branches_sees_conditions() -> None:
    code = "def f(a, b):\n    if a and b:\n        return [c for c in b if c]\n    return a if b else None"

    assert branches(ast.parse(code).body[0]) == 5  # type: ignore[arg-type]  # the body holds one function


def test_files_are_short() -> None:
    sizes = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources("factcheck", "config", "tests")
    }

    assert [str(path) for path, lines in sizes.items() if lines > LONGEST_FILE] == []
    assert share([lines for path, lines in sizes.items() if "tests" not in path.parts], 0.95) <= 300


def is_edge(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A view takes a request; a task is decorated as one."""
    first = [argument.arg for argument in node.args.args[:2] if argument.arg != "self"]
    takes_request = first[:1] == ["request"] and path.parent.name in ("workbench", "api")
    is_task = any("shared_task" in ast.unparse(decorator) for decorator in node.decorator_list)
    return takes_request or is_task


def test_views_and_tasks_only_translate() -> None:
    long = [
        place(path, node)
        for room in EDGES
        for path in sources(f"factcheck/{room}")
        for node in functions(path)
        if is_edge(path, node) and (node.body[-1].end_lineno or 0) - node.body[0].lineno + 1 > LONGEST_EDGE
    ]

    assert long == []


def writes_in(tree: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """Calls like `….objects.create(…)` or `….filter(…).update(…)`: writing through managers and querysets."""
    for node in tree:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            chain = ast.unparse(node.func.value)
            if ".objects" in chain or ".filter(" in chain or ".all()" in chain or ".exclude(" in chain:
                yield node


@pytest.mark.parametrize("room", EDGES)
def test_edges_do_not_write_through_managers(room: str) -> None:
    found = [place(path, call) for path in sources(f"factcheck/{room}") for call in writes_in(nodes(path))]

    assert found == []


def test_the_check_for_writes_sees_one() -> None:
    tree = ast.parse("Job.objects.filter(pk=1).update(state='done')\nseen.add(1)")

    assert len(list(writes_in(ast.walk(tree)))) == 1


def test_nothing_looks_then_inserts() -> None:
    found = [
        place(path, node)
        for path in sources("factcheck")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in ("get_or_create", "update_or_create")
    ]

    assert found == []


def test_safe_html_is_made_in_two_places() -> None:
    makers = [
        path.relative_to(ROOT).as_posix()
        for path in sources("factcheck")
        if re.search(r"\b(mark_safe|SafeString|format_html)\(", path.read_text(encoding="utf-8"))
    ]
    loose = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text())
    ]

    assert makers == [
        "factcheck/publishing/templatetags/public_format.py",  # JSON-LD, written without <, > and &
        "factcheck/workbench/templatetags/desk_format.py",  # Markdown, sanitized
    ]
    assert loose == []


def test_scripts_never_write_html() -> None:
    scripts = sorted((ROOT / "factcheck/workbench/static").rglob("*.js"))

    assert scripts
    assert [
        path.name for path in scripts if re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", path.read_text())
    ] == []


def test_the_engine_and_the_intake_load_no_django() -> None:
    code = (
        "import sys; import factcheck.engine, factcheck.intake.cleaning; "
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'celery', 'config')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_broad_except_stands_only_at_the_border_to_the_models_in_the_outermost_task_and_its_heartbeat() -> None:
    found = [
        place(path, node).split(":")[0]
        for path in sources("factcheck", "config")
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]

    # What the tokenizer raises has no narrower name; a stranger's bytes break parsers in every way.
    reader, parsers, task = (
        "factcheck/engine/encoder/model.py",
        "factcheck/intake/parsing/reasons.py",
        "factcheck/jobs/runner.py",
    )
    assert found == [reader, parsers, task, task]


def test_every_exception_to_a_check_has_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources("factcheck", "config", "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])\s*$", line)
    ]

    assert bare == []


MARKED = {"browser": ("journeys/",), "faults": ("faults/", "ledger/", "api/test_schema_fuzz.py")}


@pytest.mark.parametrize("mark", MARKED)
def test_what_is_marked_stands_where_make_looks_for_it(mark: str) -> None:
    marked = [path for path in sources("tests") if f"pytest.mark.{mark}" in path.read_text(encoding="utf-8")]

    assert marked
    assert [path for path in marked if not str(path.relative_to(ROOT / "tests")).startswith(MARKED[mark])] == []


def test_dependencies_have_reasons_and_are_locked() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = tomllib.loads(project)
    block = project.split("dependencies = [", 1)[1].split("]\n", 1)[0]
    assert all("#" in line for line in block.splitlines() if line.strip())

    for lock, names in (
        ("requirements.lock", wanted["project"]["dependencies"]),
        ("requirements-dev.lock", wanted["project"]["dependencies"] + wanted["dependency-groups"]["dev"]),
    ):
        pinned = (ROOT / lock).read_text(encoding="utf-8")
        for name in names:
            bare = re.split(r"[\[<>=]", name)[0]
            assert re.search(rf"^{re.escape(bare)}==.+\\$", pinned, re.MULTILINE | re.IGNORECASE), f"{bare} in {lock}"
        assert "://" not in pinned


def test_both_locks_pin_the_same_versions() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
