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
