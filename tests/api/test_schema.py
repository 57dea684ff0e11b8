"""The schema says all that there is, and its page needs no other host."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from factcheck.api.errors import STATUSES
from tests.api.conftest import Asks
from tests.people import People
from tests.workbench.conftest import Elements

SWAGGER = "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css"


@pytest.mark.thorough
def test_the_schema_is_valid_and_without_a_warning() -> None:
    written = StringIO()

    call_command("spectacular", validate=True, fail_on_warn=True, stdout=written)

    assert written.getvalue().startswith("openapi: 3.1.0")


def test_the_schema_is_served_to_whoever_asks(client: Client) -> None:
    answer = client.get("/api/schema")

    schema = json.loads(answer.content)
    assert schema["openapi"] == "3.1.0"
    assert set(schema["components"]["securitySchemes"]) == {"token", "session"}
    assert client.get("/api/schema", headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


def test_every_refusal_is_documented_with_every_route(client: Client) -> None:
    schema = json.loads(client.get("/api/schema").content)

    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            wanted = {"400", "401", "403", "404", "405", "429", "503"}
            wanted |= {"304"} if method == "get" else {"409", "413", "415", "422"}
            assert wanted <= set(operation["responses"]), (method, path)
            public: list[dict[str, list[str]]] = [{}] if "/reviews" in path else []
            assert operation["security"] == [{"token": []}, {"session": []}, *public]
            problems = [operation["responses"][status]["content"] for status in wanted - {"304"}]
            assert {tuple(shown) for shown in problems} == {("application/problem+json",)}
    assert set(schema["components"]["schemas"]["CodeEnum"]["enum"]) == set(STATUSES)


def test_the_documentation_keeps_the_strict_policy(client: Client) -> None:
    answer = client.get("/api/docs")

    scripts = [attributes for tag, attributes in Elements(answer.content.decode()).found if tag in ("script", "link")]
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert {str(found.get("src") or found.get("href")).split("/")[1] for found in scripts} == {"static"}
    assert "<script>" not in answer.content.decode()
    script = Path(__file__).parents[2] / "factcheck" / "api" / "static" / "api" / "documentation.js"
    assert "http" not in script.read_text(encoding="utf-8")


def policy_of(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: where for name, _, where in parts}


def test_its_page_has_the_policy_of_every_page(client: Client) -> None:
    docs, sign_in = client.get("/api/docs"), client.get("/sign-in/")

    assert policy_of(docs) == policy_of(sign_in)
    assert policy_of(docs)["img-src"] == "'self'"


def test_what_the_page_would_draw_by_data_addresses_we_draw_ourselves() -> None:
    theirs, ours = (Path(str(find(name))).read_text() for name in (SWAGGER, "api/documentation.css"))
    drawn = {rule[1] for rule in re.finditer(r"([^{}]+)\{[^{}]*url\(.?data:", theirs) if "debug-grid" not in rule[1]}
    selectors = {selector.strip() for rule in drawn for selector in rule.split(",")}

    assert len(selectors) >= 8
    assert {
        selector for selector in selectors if f"{selector},\n" not in ours and f"{selector} {{" not in ours
    } == set()
    assert all(find(f"api/{name}") for name in re.findall(r'url\("([^"]+)"\)', ours))


def test_every_list_names_the_parameters_that_it_knows_and_no_other(people: People, asks: Asks) -> None:
    schema, lea = json.loads(Client().get("/api/schema").content), asks(people.lea)
    lists = [path for path, methods in schema["paths"].items() if "{" not in path and "get" in methods]

    for path in lists:
        named = {one["name"] for one in schema["paths"][path]["get"]["parameters"] if one["in"] == "query"}
        refused = lea.get(path, {"nothing": "x"}).json()
        assert (path, refused["code"]) == (path, "unknown_parameter")
        known = refused["detail"].partition("Known: ")[2].rstrip(".").split(", ")
        assert (path, set(known)) == (path, named)
    assert len(lists) > 15
    assert lea.get("/api/v1/articles?include=words").json()["errors"][0]["field"] == "include"
    diff = schema["paths"]["/api/v1/articles/{id}/revisions/diff"]["get"]["parameters"]
    assert {"before", "after"} <= {one["name"] for one in diff}


def test_every_body_has_an_example_that_its_own_schema_takes(client: Client) -> None:
    schema = json.loads(client.get("/api/schema").content)
    bodies = {
        f"{method} {path}": operation["requestBody"]["content"]["application/json"]
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if "requestBody" in operation
    }

    assert len(bodies) > 20
    for name, body in bodies.items():
        assert "examples" in body, name
        wanted = {"$ref": body["schema"]["$ref"], "components": schema["components"]}
        for example in body["examples"].values():
            Draft202012Validator(wanted).validate(example["value"])
