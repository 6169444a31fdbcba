"""Texts of YAML → their trees and findings, for tests of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archkit.diagnostics import Diagnostic
from archkit.source import Source
from archkit.yamltree import Mapping, Node, Sequence, read

BLUEPRINT = (Path(__file__).parents[1] / "blueprints" / "video-recommendation.yaml").read_text("utf-8")


def parse(text: str) -> tuple[Node | None, list[Diagnostic]]:
    return read(Source("x.yaml", text))


def codes(text: str) -> list[str]:
    return [finding.code for finding in parse(text)[1]]


def walk(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from walk(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from walk(item)
