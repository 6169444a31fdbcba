"""The blueprints that come with archkit → the page that lists them (``blueprints/README.md``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from archkit.document import load
from archkit.rules import natural_profile
from archkit.score import score

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint

_HEAD: Final = """\
# Blueprints

{count} designs to read, draw and practise. All but a sketch to begin with fill the seven steps, pass every rule of the
`production` profile, and yield a chapter of figures:

```sh
archkit render blueprints -f svg,png      # all figures of all blueprints, into output/
archkit book blueprints                   # the same as a typeset book
archkit practice visual-search            # the question alone, then a comparison with your answer
```

Facts and numbers name their sources under `references:`; what is estimated is listed under `assumptions:`.

| | system | what it teaches | score | figures |
|---|---|---|--:|--:|
"""


class Row(NamedTuple):
    """A blueprint on the page.

    Attributes:
        name: Of its file.
        title: Of the system.
        teaches: What one can learn from it, in words.
        points: Its completeness, out of 100; None for a sketch, which is not judged.
        figures: How many figures it yields.
        kinds: Of how many kinds.
        chapter: Its place in a book; None for none.
    """

    name: str
    title: str
    teaches: str
    points: int | None
    figures: int
    kinds: int
    chapter: int | None


def rows(paths: Mapping[str, Path]) -> list[Row]:
    """Return what the page says about blueprints, by chapter, then by name.

    Args:
        paths: Blueprints by name.
    """
    found = []
    for name, path in paths.items():
        document = load(path)
        blueprint = document.blueprint
        if blueprint is None:
            continue
        kinds = Counter(entry.kind.name for entry in document.entries)
        sketch = natural_profile(blueprint) == "sketch"
        points = None if sketch else score(blueprint, "production").points
        found.append(
            Row(name, blueprint.title, _teaches(blueprint), points, kinds.total(), len(kinds), blueprint.chapter)
        )
    return sorted(found, key=lambda row: (row.chapter is None, row.chapter or 0, row.name))


def library_page(paths: Mapping[str, Path]) -> str:
    """Return the text of ``blueprints/README.md``."""
    found = rows(paths)
    lines = [_HEAD.format(count=len(found)).rstrip("\n")]
    for row in found:
        picture = f'<img src="../output/{row.name}/system.svg" width="260" alt="The system of {row.title}">'
        lines.append(
            f"| [{picture}](../output/{row.name}/system.svg) | [{row.title}]({row.name}.yaml) | {row.teaches} "
            f"| {'a sketch' if row.points is None else row.points} | {_figures(row)} |"
        )
    total = sum(row.figures for row in found)
    return "\n".join(lines) + f"\n\n{total} figures in all.\n"


def _figures(row: Row) -> str:
    return f"{row.figures} of {row.kinds} kinds" if row.figures > 1 else str(row.figures)


def _teaches(blueprint: Blueprint) -> str:
    """Return what a blueprint is about: its summary, the model that it chooses, and its tags."""
    chosen = next((one for one in blueprint.model.options.values() if one.chosen), None)
    parts = [blueprint.summary.rstrip(".")] if blueprint.summary else []
    if chosen is not None:
        parts.append(f"chooses {_inside(chosen.name)}")
    tags = ", ".join(f"`{tag}`" for tag in blueprint.tags)
    return f"{'; '.join(parts)}. {tags}".replace("|", "\\|")


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
