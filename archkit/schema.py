"""The model of the language → its JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from archkit.blueprint import VERSION, Blueprint
from archkit.shapes.base import Schemas


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of blueprints.

    The schema allows all that the parser allows. It cannot see whether names are declared, numbers have the right unit,
    or values contradict each other.
    """
    schemas = Schemas()
    root = Blueprint.schema(schemas)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"archkit blueprint, version {VERSION}",
        **root,
        "definitions": dict(sorted(schemas.definitions.items())),
    }
