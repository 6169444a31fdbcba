"""Texts of blueprints → what the parser makes of them."""

from __future__ import annotations

from corpus import FOLDER

from archkit.blueprint import Blueprint
from archkit.parse import ParseResult, parse
from archkit.source import Source, Span


def result(text: str) -> ParseResult:
    return parse(Source("test.yaml", text))


def read(body: str) -> tuple[Blueprint, str]:
    """Parse a blueprint from the lines below its title; it must be without findings."""
    text = f"blueprint: 1\ntitle: T\n{body}"
    found = result(text)
    assert found.diagnostics == ()
    assert found.blueprint is not None
    return found.blueprint, text


def at(text: str, span: Span | None) -> str:
    assert span is not None
    return text[span.start : span.end]


def corpus(name: str) -> tuple[Blueprint, str]:
    text = (FOLDER / "valid" / f"{name}.yaml").read_text("utf-8")
    blueprint = result(text).blueprint
    assert blueprint is not None
    return blueprint, text
