"""Two blueprints → what was added, removed and changed between them, and what follows from that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from archkit.diff.findings import unmatched
from archkit.diff.flat import Detail, differences
from archkit.diff.parts import AREAS, Thing, things, values
from archkit.diff.renames import renamed
from archkit.whatif import Design, Move, design

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.diagnostics import Diagnostic
    from archkit.model.flows import Flow
    from archkit.rules import Profile
    from archkit.source import Source, Span
    from archkit.yamltree import Mapping

__all__ = ["AREAS", "Change", "Detail", "Difference", "compare", "compared"]

Kind = Literal["added", "removed", "changed", "renamed"]


class Change(NamedTuple):
    """A thing or value that differs.

    Attributes:
        area: What it is: a key of ``AREAS``.
        kind: What happened to it.
        key: Its id or path; for an arrow ``tail -> head``; of a renamed thing the new id.
        title: What readers call it.
        details: The values that differ, where it was changed.
        before: Where it was written, in the earlier blueprint; None where it was not.
        after: Where it is written, in the later blueprint; None where it is not.
        former: The id that it had, where it was renamed.
    """

    area: str
    kind: Kind
    key: str
    title: str
    details: tuple[Detail, ...] = ()
    before: Span | None = None
    after: Span | None = None
    former: str = ""


class Difference(NamedTuple):
    """All that differs between two blueprints.

    Attributes:
        changes: In the order of ``AREAS``.
        moves: Derived numbers that differ, in the order of the capacity sheet.
        appeared: Findings that are new.
        vanished: Findings that are gone.
        kept: How many findings stay.
        before: The earlier design.
        after: The later one.
        names: New ids of components by the ids that they had.
    """

    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    appeared: tuple[Diagnostic, ...]
    vanished: tuple[Diagnostic, ...]
    kept: int
    before: Design
    after: Design
    names: dict[str, str]

    @property
    def none(self) -> bool:
        """Whether both say the same, however it is written."""
        return not (self.changes or self.moves or self.appeared or self.vanished)


def compared(
    before: tuple[Mapping, Sequence[Source]], after: tuple[Mapping, Sequence[Source]], profile: Profile | None = None
) -> Difference:
    """Return what differs between two blueprints that were read.

    Args:
        before: The earlier one's tree, and what its spans refer to.
        after: The later one's.
        profile: How strictly both are judged; what suits the later one where None.
    """
    later = design(*after, profile)
    return compare(design(*before, later.profile), later)


def compare(before: Design, after: Design) -> Difference:
    """Return what differs between two designs that are judged as strictly.

    Args:
        before: The earlier design.
        after: The later one.
    """
    names = renamed(before.blueprint, after.blueprint)
    found = [*_values(before.blueprint, after.blueprint), *_things(before.blueprint, after.blueprint, names)]
    found += _arrows(before.blueprint, after.blueprint, names)
    order = list(AREAS)
    changes = sorted(found, key=lambda change: order.index(change.area))
    appeared, vanished = unmatched(before, after, names)
    kept = len(after.findings) - len(appeared)
    moves = tuple(_moves(before, after, names))
    return Difference(tuple(changes), moves, appeared, vanished, kept, before, after, names)


def _values(before: Blueprint, after: Blueprint) -> Iterator[Change]:
    """Yield the values of sections that differ, each as a change of its own."""
    for old, new in zip(values(before), values(after), strict=True):
        for detail in differences(old.record, new.record, {*old.without, *new.without}):
            kind: Kind = "changed" if detail.before and detail.after else "added" if detail.after else "removed"
            path = detail.path if old.area == "blueprint" else f"{old.area}.{detail.path}"
            steps = detail.path.split(".")
            yield Change(
                old.area,
                kind,
                path,
                path,
                (Detail("", detail.before, detail.after),),
                old.record.at(*steps) if detail.before else None,
                new.record.at(*steps) if detail.after else None,
            )


def _things(before: Blueprint, after: Blueprint, names: dict[str, str]) -> Iterator[Change]:
    old = {(thing.area, _now(thing, names)): thing for thing in things(before)}
    new = {(thing.area, thing.key): thing for thing in things(after)}
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            yield Change(now.area, "added", now.key, now.title, (), None, now.span)
        elif now is None and was is not None:
            yield Change(was.area, "removed", was.key, was.title, (), was.span, None)
        elif was is not None and now is not None:
            details = tuple(_true(differences(was.record, now.record, now.without), names))
            if was.key != now.key:
                details = tuple(each for each in details if each.path != "title")
                yield Change(now.area, "renamed", now.key, now.title, details, was.span, now.span, was.key)
            elif details:
                yield Change(now.area, "changed", now.key, now.title, details, was.span, now.span)


def _now(thing: Thing, names: dict[str, str]) -> str:
    return names.get(thing.key, thing.key) if thing.area == "components" else thing.key


def _true(details: Iterable[Detail], names: dict[str, str]) -> Iterator[Detail]:
    """Yield the details that are more than a new name of a component, as in the members of a group."""
    for detail in details:
        before = ", ".join(names.get(word, word) for word in detail.before.split(", "))
        if before != detail.after:
            yield detail


def _arrows(before: Blueprint, after: Blueprint, names: dict[str, str]) -> Iterator[Change]:
    """Yield what happened to arrows: one between the same two components is the same, of the same kind if there is."""
    old, new = defaultdict[tuple[str, str], list["Flow"]](list), defaultdict[tuple[str, str], list["Flow"]](list)
    for flow in before.architecture.flows:
        old[names.get(flow.source, flow.source), names.get(flow.target, flow.target)].append(flow)
    for flow in after.architecture.flows:
        new[flow.source, flow.target].append(flow)
    for ends in dict.fromkeys((*new, *old)):
        left = list(old[ends])
        pairs: list[tuple[Flow | None, Flow]] = []
        for flow in new[ends]:
            twin = next((each for each in left if each.kind == flow.kind and each.label == flow.label), None)
            twin = twin or next((each for each in left if each.kind == flow.kind), None)
            pairs.append((twin, flow))
            if twin is not None:
                left.remove(twin)
        for was, now in pairs:
            if was is None and left:
                was = left.pop(0)
            yield from _arrow(was, now)
        yield from (Change("flows", "removed", flow.id, flow.label, (), flow.place) for flow in left)


def _arrow(was: Flow | None, now: Flow) -> Iterator[Change]:
    if was is None:
        yield Change("flows", "added", now.id, now.label, (), None, now.place)
        return
    details = differences(was, now, ("source", "target", "arrow", "labels"))
    if details:
        yield Change("flows", "changed", now.id, now.label, details, was.place, now.place)


def _moves(before: Design, after: Design, names: dict[str, str]) -> Iterator[Move]:
    """Yield the derived numbers that differ; that of a renamed component is the same number."""
    old = {".".join(names.get(part, part) for part in key.split(".")): number for key, number in before.numbers.items()}
    components = {names.get(id_, id_) for id_ in before.blueprint.components} ^ set(after.blueprint.components)
    for key in dict.fromkeys((*after.numbers, *old)):
        if components.intersection(key.split(".")[1:]):
            continue  # that the numbers of what is new or gone are so too goes without saying
        was, now = old.get(key), after.numbers.get(key)
        if was is None or now is None or was.value.value != now.value.value:
            yield Move(was, now)


def counted(changes: Iterable[Change]) -> dict[Kind, int]:
    """Return how many changes there are of each kind."""
    counts = Counter(change.kind for change in changes)
    kinds: tuple[Kind, ...] = ("added", "removed", "changed", "renamed")
    return {kind: counts[kind] for kind in kinds if counts[kind]}
