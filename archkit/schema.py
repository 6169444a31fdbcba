"""The model of the language → its JSON Schema, for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archkit.blueprint import VERSION, Blueprint
from archkit.shapes.base import Schemas


def json_schema(
    codes: Mapping[str, str] | None = None, figures: Mapping[str, str] | None = None, *, part: bool = False
) -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of blueprints.

    The schema allows all that the parser allows. It cannot see whether names are declared, numbers have the right unit,
    or values contradict each other.

    Args:
        codes: Codes of findings that waivers may name → what each is about, for editors to offer.
        figures: Kinds of figures → what each shows.
        part: Whether it is for parts that blueprints include, which need no key.
    """
    schemas = Schemas(codes, figures)
    root = Blueprint.schema(schemas)
    if part:
        del root["required"]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{'part of an archkit' if part else 'archkit'} blueprint, version {VERSION}",
        **root,
        "definitions": dict(sorted(schemas.definitions.items())),
    }
