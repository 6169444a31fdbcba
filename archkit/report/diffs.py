"""What became of several blueprints since a revision → text for a terminal, JSON, or Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from archkit.blueprint import Blueprint
from archkit.diff import Difference
from archkit.report import diff
from archkit.report.escape import visible
from archkit.report.markdown import escaped, quoted
from archkit.report.paint import Paint
from archkit.sentences import how_many

Status = Literal["changed", "same", "added", "removed"]


class Revised(NamedTuple):
    """A blueprint, and what became of it.

    Attributes:
        before: What to call it as it was, empty where it was not there.
        after: Its path, or the one that it had.
        blueprint: As it is, or as it was where it is gone.
        difference: What differs, where it was there and still is.
    """

    before: str
    after: str
    blueprint: Blueprint
    difference: Difference | None

    @property
    def status(self) -> Status:
        """What became of it."""
        if self.difference is not None:
            return "same" if self.difference.none else "changed"
        return "removed" if self.before else "added"


def text(found: Sequence[Revised], *, color: bool = False) -> str:
    """Return as text what became of each blueprint that is not as it was."""
    paint = Paint(color)
    parts = []
    for each in _told(found):
        head = paint.strong(f"{visible(each.blueprint.title)} ({visible(each.after)})")
        if each.difference is not None:
            parts.append(f"{head}\n\n{diff.text(each.difference, color=color)}")
        else:
            parts.append(f"{head}\n\n{_whole(each)}\n")
    return "\n".join(parts) or "No difference.\n"


def markdown(found: Sequence[Revised]) -> str:
    """Return as Markdown what became of each blueprint that is not as it was."""
    parts = []
    for each in _told(found):
        if each.difference is not None:
            parts.append(diff.markdown(each.difference, each.before, each.after))
        else:
            parts.append(f"## {escaped(each.blueprint.title)}: {quoted(each.after)}\n\n{_whole(each)}\n")
    return "\n".join(parts) or "No difference.\n"


def as_json(found: Sequence[Revised]) -> str:
    """Return as one JSON object what became of each blueprint.

    ``version`` is 1 and grows only when a field changes its meaning. ``blueprints`` lists ``file``, ``title``,
    ``status`` (changed, same, added, removed) and ``difference``, which is what one blueprint alone is told with, or
    null where there is nothing to compare with.
    """
    document = {
        "version": 1,
        "same": not _told(found),
        "blueprints": [
            {
                "file": each.after,
                "title": each.blueprint.title,
                "status": each.status,
                "difference": diff.as_object(each.difference) if each.difference is not None else None,
            }
            for each in found
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def summary(found: Sequence[Revised]) -> str:
    """Return how many blueprints there are of each status, in words."""
    names = {"changed": "changed", "added": "new", "removed": "removed", "same": "as before"}
    counts = {status: sum(each.status == status for each in found) for status in names}
    said = ", ".join(f"{count} {names[status]}" for status, count in counts.items() if count)
    return f"{how_many(len(found), 'blueprint')}: {said}"


def _told(found: Sequence[Revised]) -> list[Revised]:
    return [each for each in found if each.status != "same"]


def _whole(each: Revised) -> str:
    """Return a sentence about a blueprint that is new or gone."""
    components, arrows = len(each.blueprint.components), len(each.blueprint.architecture.flows)
    size = f"{how_many(components, 'component')} and {how_many(arrows, 'arrow')}"
    return f"New, with {size}." if each.status == "added" else f"Removed; it had {size}."
