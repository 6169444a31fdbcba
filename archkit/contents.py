"""Blueprint → the list of its figures: which it asks for, which apply, and what the others lack."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.figures import KINDS
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint, FigureSpec
    from archkit.figures import Figure, FigureKind


CODES: dict[str, tuple[str, str]] = {
    "FIG001": (
        "An unknown kind of figure",
        """\
Under `figures:` stands the name of something that archkit cannot draw. `archkit figures BLUEPRINT` lists all kinds of
figures, which of them the blueprint has the data for, and what the others still need.
```yaml
figures: [sistem, training]
```
Write the name of a kind, or leave `figures:` out to have every figure drawn that applies:
```yaml
figures: [system, training]
```""",
    ),
    "FIG002": (
        "A figure that lacks its data",
        """\
The blueprint asks for a figure and lacks something that the figure shows. The other figures are drawn. Add what the
message names, or take the figure off the list.""",
    ),
    "FIG003": (
        "Two figures of the same name",
        """\
A figure's name becomes the name of its file, so the second figure would overwrite the first. Give one of them a name of
its own:
```yaml
figures:
  - {kind: system, name: system_overview, hide: [dashboard]}
  - system
```""",
    ),
}


class Entry(NamedTuple):
    """A figure of a blueprint.

    Attributes:
        name: Unique in the blueprint.
        kind: What draws it.
        blueprint: What it is drawn from.
        spec: What the blueprint says about it; None where it is drawn because it applies.
    """

    name: str
    kind: FigureKind
    blueprint: Blueprint
    spec: FigureSpec | None

    def missing(self) -> list[str]:
        """Return what the blueprint lacks for it, in words; empty where it can be drawn."""
        return list(self.kind.needs(self.blueprint))

    def plan(self) -> Figure:
        """Return the figure, without any position."""
        return self.kind.plan(self.blueprint, self.spec)


def drawable(blueprint: Blueprint) -> tuple[Entry, ...]:
    """Return the figures that a blueprint asks for, or all kinds where it asks for none, less those that lack data."""
    every = [Entry(name, kind, blueprint, None) for name, kind in KINDS.items()]
    listed = _listed(blueprint) if blueprint.figures else every
    by_name = {entry.name: entry for entry in reversed(listed) if not entry.missing()}
    return tuple(by_name[name] for name in dict.fromkeys(entry.name for entry in listed) if name in by_name)


def everything(blueprint: Blueprint) -> list[Entry]:
    """Return the figures that a blueprint asks for, then every other kind."""
    listed = _listed(blueprint)
    asked = {entry.kind.name for entry in listed}
    return listed + [Entry(name, kind, blueprint, None) for name, kind in KINDS.items() if name not in asked]


def find(blueprint: Blueprint, name: str) -> Entry | None:
    """Return the figure of a name that a blueprint asks for, else the kind of that name, else None."""
    listed = next((entry for entry in _listed(blueprint) if entry.name == name), None)
    return listed or (Entry(name, KINDS[name], blueprint, None) if name in KINDS else None)


def check(blueprint: Blueprint) -> list[Diagnostic]:
    """Report what is wrong with the list of figures that a blueprint asks for."""
    found = [_unknown(spec) for spec in blueprint.figures if spec.kind and spec.kind not in KINDS]
    listed = _listed(blueprint)
    counts = Counter(entry.name for entry in listed)
    for at, entry in enumerate(listed):
        spec = entry.spec
        if spec is None:
            continue
        if missing := entry.missing():
            message = f"the figure `{entry.name}` cannot be drawn: it needs {'; '.join(missing)}"
            found.append(Diagnostic("FIG002", Severity.WARNING, message, spec.at("kind"), "add it, or drop the figure"))
        first = next(other for other in listed if other.name == entry.name)
        if counts[entry.name] > 1 and listed.index(first) != at and first.spec is not None:
            note = Note("the first one", first.spec.span)
            message = f"a second figure is called `{entry.name}`"
            found.append(Diagnostic("FIG003", Severity.ERROR, message, spec.span, "give it a `name:`", (note,)))
    return found


def _listed(blueprint: Blueprint) -> list[Entry]:
    return [
        Entry(spec.name or spec.kind, KINDS[spec.kind], blueprint, spec)
        for spec in blueprint.figures
        if spec.kind in KINDS
    ]


def _unknown(spec: FigureSpec) -> Diagnostic:
    meant = nearest(spec.kind, KINDS)
    hint = f"did you mean `{meant}`?" if meant else f"the kinds are {', '.join(f'`{kind}`' for kind in KINDS)}"
    return Diagnostic("FIG001", Severity.ERROR, f"no kind of figure is called `{spec.kind}`", spec.at("kind"), hint)
