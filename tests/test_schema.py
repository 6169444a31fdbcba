"""The JSON Schema and the parser agree on every example."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from corpus import INVALID, VALID, as_json, mutated, seen_by_schema
from hypothesis import HealthCheck, given, settings

from archkit.blueprint import Blueprint
from archkit.parse import parse
from archkit.reference_language import language_page
from archkit.schema import json_schema
from archkit.shapes.record import Record
from archkit.source import Source


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def test_schema_is_json_and_the_same_every_time() -> None:
    assert json.loads(json.dumps(json_schema())) == json_schema()
    assert json.dumps(json_schema()) == json.dumps(json_schema())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_files_fit_the_schema(path: Path, validator: jsonschema.Draft7Validator) -> None:
    errors = [
        f"{'/'.join(map(str, e.path))}: {e.message}" for e in validator.iter_errors(as_json(path.read_text("utf-8")))
    ]
    assert errors == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_schema_sees_what_files_say_it_sees(path: Path, validator: jsonschema.Draft7Validator) -> None:
    text = path.read_text("utf-8")
    assert validator.is_valid(as_json(text)) is not seen_by_schema(text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=mutated())
def test_what_the_parser_takes_fits_the_schema(text: str, validator: jsonschema.Draft7Validator) -> None:
    if not parse(Source("fuzz.yaml", text)).diagnostics:
        assert validator.is_valid(as_json(text))


def test_every_field_of_every_record_is_in_the_schema() -> None:
    schema = json_schema()
    seen = 0
    for cls in _records(Record):
        if not cls.fields:  # a base of others
            continue
        if cls is Blueprint:
            definition: dict[str, Any] = schema
        else:
            definition = schema["definitions"][cls.__name__]
        definition = next(form for form in definition.get("anyOf", [definition]) if "properties" in form)
        assert list(definition["properties"]) == list(cls.fields)
        for field in definition["properties"].values():
            assert field["description"]
            seen += 1
    assert seen > 300


def test_what_editors_offer() -> None:
    """Completions and hovers of the YAML language server, which shows the innermost description and title."""
    schema = json_schema({"SRV03": "No fallback"}, {"system": "All of it."})
    definitions = schema["definitions"]
    assert all(definition["title"] and "description" not in definition for definition in definitions.values())
    # Component types stand below any id: the server looks for values in `properties` and `additionalProperties` alone.
    lanes = schema["definitions"]["Architecture"]["anyOf"][0]["properties"]["lanes"]["anyOf"][0]
    assert "patternProperties" not in json.dumps(definitions) and lanes["additionalProperties"]
    component = definitions["Component"]["anyOf"]
    types = component[-1]
    assert len(types["enum"]) == len(types["enumDescriptions"]) and "ranker" in types["enum"]
    # A field says what it is for, and the record after it what it is.
    latency = component[0]["properties"]["latency"]["description"]
    assert latency.startswith("How long it takes for one request;") and "a time alone is the p99" in latency
    assert schema["properties"]["serving"]["description"].count("Step 6") == 1
    # Examples are values, so that `true` is no text.
    assert component[0]["properties"]["third_party"]["examples"] == [True]
    assert definitions["Waivers"]["anyOf"][0]["properties"]["SRV03"]["description"].startswith("No fallback.")
    assert {"enum": ["system"], "enumDescriptions": ["All of it."]} in definitions["FigureSpec"]["anyOf"]
    # Where one of several forms is a word, a wrong word is told as such.
    assert schema["properties"]["archetype"]["anyOf"][0]["enum"]


def test_the_schema_of_parts_takes_what_is_no_whole_blueprint() -> None:
    part = {"monitoring": {"owner": "us"}}
    assert jsonschema.Draft7Validator(json_schema(part=True)).is_valid(part)
    assert not jsonschema.Draft7Validator(json_schema()).is_valid(part)
    assert not jsonschema.Draft7Validator(json_schema(part=True)).is_valid({"monitorin": {}})


def _records(cls: type[Record]) -> list[type[Record]]:
    """Return the records of blueprints; those of themes are another language."""
    own = ("archkit.blueprint", "archkit.model.")
    return [kind for sub in cls.__subclasses__() if sub.__module__.startswith(own) for kind in (sub, *_records(sub))]


def test_reference_page_is_current() -> None:
    page = (Path(__file__).parents[1] / "docs" / "language.md").read_text("utf-8")
    assert page == language_page(), "write it anew from archkit.reference_language.language_page()"
    figures = "".join(path.read_text("utf-8") for path in (Path(__file__).parents[1] / "docs" / "figures").glob("*.md"))
    for cls in _records(Record):
        for field in cls.fields.values():
            assert f"| `{field.key}` |" in page + figures or field.key == "waive"


def test_every_example_of_the_reference_page_can_be_read() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", language_page(), re.DOTALL)
    assert len(blocks) >= 5
    for block in blocks:
        head = "" if "blueprint:" in block else "blueprint: 1\ntitle: T\n"
        body = "architecture:\n" + indented(block) if block.startswith("flows:") else block
        if "assumptions:" in block:
            body += "requirements: {scale: {peak_factor: 3}}\n"
        found = parse(Source("docs", head + body)).diagnostics
        assert [str(one) for one in found] == [], block


def indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())
