"""Blueprint → the list of its figures: which it asks for, which apply, and what the others lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.figures import KINDS, Lack
from archkit.model.design import FigureSpec
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.figures import Figure, FigureKind, Step
    from archkit.source import Span

ALL = "all"
"""Stands under ``figures:`` for every figure that applies."""

# Keys of a listed figure that change nothing of what it shows.
_WORDS = frozenset(("kind", "name", "title", "caption", "of", "section", "waive"))

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
    "FIG004": (
        "A figure names something that is not there",
        """\
What a figure highlights, explains, hides, collapses or zooms into is called by its id: of a component, a group or a
lane; an arrow is written as an arrow. Figures that are no graphs of the architecture have boxes of their own, which the
hint names. The figure is drawn without what is not found.
```yaml
figures:
  - {kind: system, highlight: [rankr], callouts: {gateway -> ranker: 8 ms for 1,000 items}}
```
```yaml
figures:
  - {kind: system, highlight: [ranker], callouts: {gateway -> ranker: 8 ms for 1,000 items}}
```""",
    ),
    "FIG005": (
        "A figure cannot do what is asked",
        """\
The id is known, but the figure does not show it: it is hidden, or outside of the lanes that the figure shows. Or the
figure has nothing to hide, to collapse or to zoom into, because it is no graph of the architecture. Or what is to be
collapsed has nothing inside.""",
    ),
}


class Entry(NamedTuple):
    """A figure of a blueprint.

    Attributes:
        name: Unique in the blueprint.
        kind: What draws it.
        blueprint: What it is drawn from.
        spec: What the blueprint says about it, or which of several things it is of; None where nothing is to be said.
        written: The entry under ``figures:`` that it comes from; None where it is drawn because it applies.
        number: Its place in the chapter; 0 where it has none.
    """

    name: str
    kind: FigureKind
    blueprint: Blueprint
    spec: FigureSpec | None
    written: FigureSpec | None = None
    number: int = 0

    def __repr__(self) -> str:
        return f"<figure {self.name}: {self.kind.title}>"

    @property
    def step(self) -> Step:
        """The step of a chapter that it belongs to."""
        own: Step | Literal[""] = self.spec.section if self.spec is not None else ""  # type: ignore[assignment]
        return own or self.kind.step

    def missing(self) -> list[str]:
        """Return what the blueprint lacks for it, in words; empty where it can be drawn."""
        if self.kind.each and self.spec is not None and self.spec.of:
            subjects = self.kind.subjects(self.blueprint)
            able = self.spec.of in subjects or self.kind.can_show(self.blueprint, self.spec.of)
            if not able and (subjects or self.spec is self.written):
                return [f"`{self.spec.of}` to be something that it can show" + _meant(self.spec.of, subjects)]
        return list(self.kind.needs(self.blueprint, self.spec))

    def plan(self) -> Figure:
        """Return the figure, without any position; in a chapter its caption tells its number."""
        figure = self.kind.plan(self.blueprint, self.spec)
        if not self.number:
            return figure
        return replace(figure, caption=f"Figure {self.blueprint.chapter}.{self.number}: {figure.caption}")


def drawable(blueprint: Blueprint) -> tuple[Entry, ...]:
    """Return the figures that a blueprint asks for, or all where it asks for none, less those that lack data."""
    entries = _listed(blueprint) if blueprint.figures else _applying(blueprint, ())
    by_name = {entry.name: entry for entry in reversed(entries) if not entry.missing()}
    found = [by_name[name] for name in dict.fromkeys(entry.name for entry in entries) if name in by_name]
    if blueprint.chapter is None:
        return tuple(found)
    return tuple(entry._replace(number=number) for number, entry in enumerate(found, 1))


def everything(blueprint: Blueprint) -> list[Entry]:
    """Return the figures that a blueprint asks for, then those of every other kind."""
    listed = _listed(blueprint)
    asked = {entry.kind.name for entry in listed}
    return listed + [entry for entry in _applying(blueprint, ()) if entry.kind.name not in asked]


def find(
    blueprint: Blueprint,
    name: str,
    drawn: Callable[[], Sequence[Entry]] | None = None,
    every: Callable[[], Sequence[Entry]] | None = None,
) -> tuple[Entry, ...]:
    """Return the figures of a name.

    Args:
        blueprint: Whose figures are meant.
        name: Of a figure that it lists or that applies, or else of a kind or a thing, which may have several figures.
        drawn: Returns ``drawable(blueprint)`` where that is known; only in a chapter, where figures have numbers, it is
            asked.
        every: Returns ``everything(blueprint)`` where that is known.
    """
    kind = KINDS.get(name)
    numbered = blueprint.chapter is not None
    if kind is not None and not kind.each and not numbered and all(spec.kind != ALL for spec in blueprint.figures):
        # The others need not be known, and asking all kinds takes longer than drawing one.
        listed = _listed(blueprint)
        named = [entry for entry in listed if entry.name == name] or [e for e in listed if e.kind is kind]
        return tuple(named[:1] if named and named[0].name == name else named) or (Entry(name, kind, blueprint, None),)
    known = {e.name: e for e in (drawn() if drawn else drawable(blueprint))} if numbered else {}
    found: dict[str, Entry] = {}
    for entry in every() if every else everything(blueprint):
        found.setdefault(entry.name, known.get(entry.name, entry))
    found |= known
    if name in found:
        return (found[name],)
    if kind is not None:
        of_kind = tuple(entry for entry in found.values() if entry.kind is kind)
        return of_kind or (Entry(name, kind, blueprint, None),)
    return tuple(entry for entry in found.values() if entry.spec is not None and entry.spec.of == name)[:1]


def reserved(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the names that come first when names become those of files: those it lists, then those of all kinds."""
    return (*(spec.name or spec.kind for spec in blueprint.figures), *KINDS)


def check(blueprint: Blueprint, read: Sequence[Diagnostic] = ()) -> list[Diagnostic]:
    """Report what is wrong with the list of figures that a blueprint asks for.

    Args:
        blueprint: Which.
        read: What was found in reading it. An entry with an error in it is not said to lack something: what it lacks
            may be what could not be read.
    """
    unread = [found.span for found in read if found.severity is Severity.ERROR and found.span is not None]
    found = [_unknown(spec) for spec in blueprint.figures if not _known(blueprint, spec)]
    listed = [entry for spec in blueprint.figures for entry in _written(blueprint, spec)]
    counts = Counter(entry.name for entry in listed)
    for at, entry in enumerate(listed):
        spec = entry.written
        assert spec is not None  # noqa: S101  those without are left out above
        if missing := entry.missing():
            if any(_holds(spec.span, error) for error in unread):
                continue
            placed = [lack for lack in missing if isinstance(lack, Lack)]
            found += [_lacking(entry.name, lack, lack.span) for lack in placed]
            if others := [lack for lack in missing if not isinstance(lack, Lack)]:
                found.append(_lacking(entry.name, "; ".join(others), spec.at("of" if spec.has("of") else "kind")))
        elif entry.spec is spec:
            found += entry.kind.doubts(blueprint, spec)
        first = next(other for other in listed if other.name == entry.name)
        if counts[entry.name] > 1 and first is not listed[at] and first.written is not None:
            note = Note("the first one", first.written.span)
            message = f"a second figure is called `{entry.name}`"
            found.append(Diagnostic("FIG003", Severity.ERROR, message, spec.span, "give it a `name:`", (note,)))
    return found


def _lacking(name: str, needs: str, where: Span) -> Diagnostic:
    message = f"the figure `{name}` cannot be drawn: it needs {needs}"
    return Diagnostic("FIG002", Severity.WARNING, message, where, "add it, or drop the figure")


def _holds(whole: Span, part: Span) -> bool:
    return part.source == whole.source and whole.start <= part.start < max(whole.end, whole.start + 1)


def _listed(blueprint: Blueprint) -> list[Entry]:
    """Return the figures that a blueprint lists; with `all` among them the others too, in the order of a chapter."""
    written = [entry for spec in blueprint.figures for entry in _written(blueprint, spec)]
    if not any(spec.kind == ALL for spec in blueprint.figures):
        return written
    kinds, steps = list(KINDS), list(dict.fromkeys(kind.step for kind in KINDS.values()))
    others = [entry for entry in _applying(blueprint, written) if not entry.missing()]
    return sorted([*written, *others], key=lambda each: (steps.index(each.step), kinds.index(each.kind.name)))


def _written(blueprint: Blueprint, spec: FigureSpec) -> list[Entry]:
    """Return what an entry under ``figures:`` asks for: one figure, or one of each thing that its kind shows."""
    kind = KINDS.get(spec.kind)
    if kind is None:
        kind = _kind_with(blueprint, spec.kind)
        if kind is None:
            return []
        return [Entry(spec.kind, kind, blueprint, FigureSpec.standing_for(kind.name, spec.kind, spec.kind), spec)]
    subjects = kind.subjects(blueprint) if not spec.of and len(spec.names()) < 2 else ()
    if subjects:
        return [_of(kind, subject, blueprint)._replace(written=spec) for subject in subjects]
    return [Entry(spec.name or spec.kind, kind, blueprint, spec, spec)]


def _applying(blueprint: Blueprint, written: Sequence[Entry]) -> list[Entry]:
    """Return the figures that nobody lists: one of every kind, or one of each thing that the kind shows."""
    told = [entry for entry in written if not _is_variant(entry)]
    whole = {entry.kind.name for entry in told if entry.spec is None or not entry.spec.of}
    parts = {(entry.kind.name, entry.spec.of) for entry in told if entry.spec is not None}
    found = []
    for kind in KINDS.values():
        if kind.name in whole:
            continue
        subjects = kind.subjects(blueprint)
        found += [_of(kind, each, blueprint) for each in subjects if (kind.name, each) not in parts]
        if not subjects and not any(name == kind.name for name, _ in parts):
            found.append(Entry(kind.name, kind, blueprint, None))
    return found


def _is_variant(entry: Entry) -> bool:
    """Return whether a listed figure comes beside the one that its kind draws by itself: other name, other content."""
    spec = entry.written
    if spec is None or entry.name in (spec.kind, f"{spec.kind}_{spec.of}"):
        return False
    return not _WORDS.issuperset(spec.names())


def _of(kind: FigureKind, subject: str, blueprint: Blueprint) -> Entry:
    spec = FigureSpec.standing_for(kind.name, subject)
    return Entry(spec.name, kind, blueprint, spec)


def _kind_with(blueprint: Blueprint, subject: str) -> FigureKind | None:
    """Return the first kind that shows something of a name."""
    return next((kind for kind in KINDS.values() if kind.each and subject in kind.subjects(blueprint)), None)


def _known(blueprint: Blueprint, spec: FigureSpec) -> bool:
    return not spec.kind or spec.kind == ALL or spec.kind in KINDS or _kind_with(blueprint, spec.kind) is not None


def _meant(name: str, known: Sequence[str]) -> str:
    meant = nearest(name, known)
    if meant:
        return f"; did you mean `{meant}`?"
    return f", which is one of {', '.join(f'`{each}`' for each in known)}" if known else ""


def _unknown(spec: FigureSpec) -> Diagnostic:
    meant = nearest(spec.kind, (*KINDS, ALL))
    hint = f"did you mean `{meant}`?" if meant else f"`archkit figures` lists all {len(KINDS)} kinds"
    return Diagnostic("FIG001", Severity.ERROR, f"no kind of figure is called `{spec.kind}`", spec.at("kind"), hint)
