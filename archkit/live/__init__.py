"""Blueprints while they are written → a page on this machine that always shows their figures as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Picture(NamedTuple):
    """A figure of the page.

    Attributes:
        title: What it is called.
        description: What it shows, in words.
        svg: Its file.
        width: Its natural width in pixels.
        height: The same.
        mark: Stands for this content and no other.
    """

    title: str
    description: str
    svg: bytes
    width: float
    height: float
    mark: str


class Finding(NamedTuple):
    """Something that was found.

    Attributes:
        severity: ``error``, ``warning`` or ``advice``.
        head: Code and message.
        detail: The place with its line, and what to write instead; several lines.
    """

    severity: str
    head: str
    detail: str


class Sheet(NamedTuple):
    """What the page shows of one blueprint.

    Attributes:
        title: Of the system; the name of the file where it has none.
        file: The path as the user wrote it.
        findings: What was found, graver ones first.
        pictures: Its figures by name, in their order.
        broken: Why it cannot be drawn as it is now, so that the pictures are those of before; "" where they are new.
    """

    title: str
    file: str
    findings: tuple[Finding, ...]
    pictures: Mapping[str, Picture]
    broken: str = ""
