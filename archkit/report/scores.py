"""Scores of blueprints → text for a terminal, or JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction

from archkit.report.escape import visible
from archkit.report.paint import Paint
from archkit.report.place import place
from archkit.score import Gain, Score, Step
from archkit.source import Source

_BAR = 20
_TOP = 3
_WIDTH = 100


def text(name: str, title: str, score: Score, sources: Sequence[Source], *, color: bool = False) -> str:
    """Return a score as lines: the steps, the total and the three largest gains.

    Args:
        name: Of the file.
        title: Of the blueprint.
        score: Its score.
        sources: What spans refer to.
        color: Whether to use ANSI colours.
    """
    strong = Paint(color).strong
    lines = [f"{strong(visible(title or name))}, profile {score.profile}"]
    lines += [_line(step) for step in score.steps]
    total = strong(f"{'total':<14}{_bar(score.total)}  {score.points:>3} of 100")
    lines += [f"  {total}{_standing(score)}"]
    if score.profile == "sketch":
        lines.append("a sketch is judged by its picture alone; `--profile interview` says what a whole design lacks")
    if score.gains:
        lines.append("would raise it most")
        for gain in score.gains[:_TOP]:
            lines += _gain(gain, sources)
    return "\n".join(lines) + "\n"


def _line(step: Step) -> str:
    if step.share is None:
        return f"  {step.id:<14}{'':{_BAR}}     does not count here"
    return f"  {step.id:<14}{_bar(step.share)}  {int(step.share * 100):>3}%  {step.earned} of {step.possible}"


def _bar(share: Fraction) -> str:
    full = int(share * _BAR)
    return "█" * full + "░" * (_BAR - full)


def _standing(score: Score) -> str:
    names = ("error", "warning", "piece of advice")
    many = ("errors", "warnings", "pieces of advice")
    said = [f"{n} {names[i] if n == 1 else many[i]}" for i, n in enumerate(score.findings) if n]
    return f"; {', '.join(said)}, see `archkit validate`" if said else ""


def _gain(gain: Gain, sources: Sequence[Source]) -> Iterator[str]:
    points = f"{float(gain.points):.1f}" if gain.points >= Fraction(1, 10) else "<0.1"
    where = ""
    if gain.span is not None and gain.code:
        at = place(gain.span, sources)
        where = f" ({visible(at.file)}:{at.line})"
    code = f"{gain.code}: " if gain.code else ""
    yield f"  +{points:<5} {code}{visible(gain.what)}{where}"
    for line in textwrap.wrap(visible(gain.hint), _WIDTH - 9, break_on_hyphens=False, break_long_words=False):
        yield " " * 9 + line


def as_json(rows: Sequence[tuple[str, str, Score, Sequence[Source]]], least: float) -> str:
    """Return scores as one JSON object.

    ``version`` is 1 and grows only when a field changes its meaning. ``blueprints`` has for each ``file``, ``title``,
    ``profile``, ``total`` (0 to 100), ``passes`` (whether it reaches ``min_score``), ``steps`` (``step``, ``weight``,
    ``earned``, ``possible``, ``percent``, null where nothing counts), ``gains`` (``points``, ``step``, ``code``,
    ``what``, ``hint``, ``file``, ``line``) and ``findings`` by severity.

    Args:
        rows: Name of the file, title, score and sources of each blueprint.
        least: Points of 100 that are wanted.
    """
    found = [_entry(*row, least) for row in rows]
    return json.dumps({"version": 1, "min_score": least, "blueprints": found}, indent=2) + "\n"


def _entry(name: str, title: str, score: Score, sources: Sequence[Source], least: float) -> dict[str, object]:
    return {
        "file": name,
        "title": title,
        "profile": score.profile,
        "total": round(float(score.total * 100), 2),
        "passes": reaches(score, least),
        "steps": [
            {
                "step": step.id,
                "weight": step.weight,
                "earned": step.earned,
                "possible": step.possible,
                "percent": None if step.share is None else round(float(step.share * 100), 2),
            }
            for step in score.steps
        ],
        "gains": [_json_gain(gain, sources) for gain in score.gains],
        "findings": dict(zip(("error", "warning", "advice"), score.findings, strict=True)),
    }


def _json_gain(gain: Gain, sources: Sequence[Source]) -> dict[str, object]:
    at = place(gain.span, sources) if gain.span is not None else None
    return {
        "points": round(float(gain.points), 2),
        "step": gain.step,
        "code": gain.code,
        "what": gain.what,
        "hint": gain.hint,
        "file": at.file if at is not None else None,
        "line": at.line if at is not None else None,
    }


def reaches(score: Score, least: float) -> bool:
    """Return whether a total is at least so many points of 100.

    Args:
        score: With its total.
        least: Points of 100.
    """
    return score.total * 100 >= Fraction(least)
