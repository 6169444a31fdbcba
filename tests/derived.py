"""Texts of blueprints → what follows from them."""

from __future__ import annotations

from archkit.document import loads
from archkit.facts import Facts

HEAD = "blueprint: 1\ntitle: A case\n"


def facts(text: str) -> Facts:
    document = loads(HEAD + text)
    assert [finding.message for finding in document.language] == []
    assert document.blueprint is not None
    return Facts(document.blueprint)
