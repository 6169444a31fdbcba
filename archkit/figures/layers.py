"""Layers as authors write them → parts of a network: ``512``, ``12 transformer blocks of 768``, or whole blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archkit.facts.words import mentions
from archkit.figures.common import short
from archkit.figures.stacks import Fork, Frame, Part, Series, Stage
from archkit.sentences import capital

if TYPE_CHECKING:
    from archkit.model.network import Block, Piece

_SEVERAL = re.compile(r"^(\d+)\s*(?:[×x]\s*)?(.*?\b(?:block|layer)s?\b.*)$", re.IGNORECASE)
_NUMBER = re.compile(r"^\d[\d,]*$")
_MOST = 7  # layers that are drawn of many
# Steps that learn nothing.
_COMPUTED = (
    "mel", "mel bands", "mfcc", "spectrogram", "pooling", "patches", "concatenation", "concatenate", "mean over",
    "unit length", "normalised to unit length", "flatten", "dropout", "softmax", "sigmoid",
    "non maximum suppression", "nms", "tokenizer", "tokeniser", "proposals", "pooled regions", "relu",
    "resize", "crop", "one sequence", "as one sequence",
)  # fmt: skip
# What every block of a kind is made of, whatever the order of its normalisation.
_INSIDE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "conformer": (("Feed-forward", "Self-attention", "Convolution", "Feed-forward"), "residual around each"),
    "transformer": (("Self-attention", "Feed-forward"), "residual and normalisation around each"),
    "depthwise": (("Depthwise convolution", "Pointwise convolution"), ""),
    "ds cnn": (("Depthwise convolution", "Pointwise convolution"), ""),
}


def layer(text: str, kind: str = "") -> Stage:
    """Return a layer; a number alone is the width of a dense one.

    Args:
        text: As written: ``512``, ``linear 128``, ``12 transformer blocks of 768``.
        kind: Of the whole network, which says what is in a block that is only called one.
    """
    text = text.strip()
    if _NUMBER.match(text):
        return Part(f"Dense {text}")
    several = _SEVERAL.match(text)
    if several is None or int(several[1]) < 2:
        return Part(capital(text), look="bar" if mentions(text, *_COMPUTED) else "layer")
    one = re.sub(r"\b(block|layer)s\b", r"\1", several[2], count=1)
    return repeated(one, several[1], kind=kind)


def repeated(title: str, times: str, inside: Sequence[str] = (), lines: tuple[str, ...] = (), kind: str = "") -> Frame:
    """Return a block that is there several times, with what it is made of where that is known.

    Args:
        title: What one of them is.
        times: How many.
        inside: What it is made of, from its input on.
        lines: What else there is to say.
        kind: Of the whole network.
    """
    sign = f"× {times}" if times and times != "1" else ""
    if inside:
        return Frame(tuple(Part(capital(each)) for each in inside), capital(title), sign)
    told = f"{title} {kind}" if mentions(title, "block") else title
    known = next((name for name in _INSIDE if mentions(told, name, f"{name}s")), "")
    if known:
        made, note = _INSIDE[known]
        said = f"{capital(title)}, {note}" if note else capital(title)
        return Frame(tuple(Part(each) for each in made), said, sign)
    return Frame((Part(capital(title), lines),), "", sign)


def layers(texts: Sequence[str], kind: str = "", most: int = _MOST) -> list[Stage]:
    """Return layers from the input on; of many, the middle ones are only counted.

    Args:
        texts: As written.
        kind: Of the whole network.
        most: How many are drawn.
    """
    found = [layer(text, kind) for text in texts if text.strip()]
    if len(found) <= most:
        return found
    left = len(found) - (most - 1)
    return [*found[: most - 2], Part(f"… {left} more layers …", look="more"), found[-1]]


def widths(texts: Sequence[str]) -> str:
    """Return layers in one line: ``2048 → 1024 → 512``."""
    return " → ".join(texts)


def blocks(found: Sequence[Block], boxes: Mapping[str, Part]) -> list[Stage]:
    """Return the parts of a network as its author joins them.

    Args:
        found: From the input on.
        boxes: The boxes of inputs by name, for ways that are called like one.
    """
    stages: list[Stage] = []
    for block in found:
        if block.title or not block.branches:
            stages.append(piece(block))
        if block.branches:
            stages.append(Fork(tuple(_way(name, way, boxes) for name, way in block.branches.items())))
    return stages


def _way(name: str, way: Sequence[Piece], boxes: Mapping[str, Part]) -> Series:
    start = (boxes[name],) if name in boxes else ()
    return (*start, *(piece(each) for each in way)) or (Part("unchanged", look="output"),)


def piece(block: Piece) -> Stage:
    """Return one part of a network as its author describes it."""
    lines = []
    if block.output:
        lines.append(f"→ {block.output}")
    if block.parameters is not None:
        lines.append(f"{short(block.parameters)} parameters")
    if block.pretrained:
        lines.append(f"pretrained on {block.pretrained}")
    title = block.title or "Layer"
    if block.dim is not None:
        title = f"{title}, {short(block.dim)}" if not _NUMBER.match(title) else title
    times = short(block.repeat) if block.repeat is not None else ""
    if block.inside or (times and times != "1"):
        return repeated(title, times, block.inside, tuple(lines))
    plain = layer(title)
    if isinstance(plain, Frame) and not (lines or block.frozen or block.used_in):
        return plain
    name, look = (plain.title, plain.look) if isinstance(plain, Part) else (capital(title), "layer")
    dashed = block.used_in == ("training",)
    return Part(name, tuple(lines), look=look, frozen=bool(block.frozen), dashed=dashed)
