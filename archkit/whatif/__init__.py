"""Blueprint and other values in it → which derived numbers move, and which findings appear or vanish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from archkit import rules
from archkit.capacity import numbers
from archkit.diagnostics import Diagnostic, Severity
from archkit.facts import Facts
from archkit.parse import parse_tree
from archkit.source import Source, Span
from archkit.whatif.paths import CODES, Assignment, assign, written
from archkit.yamltree import Mapping

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.facts.derived import Derived

__all__ = ["CODES", "Design", "Move", "Outcome", "Problem", "change", "compare", "design", "what_if"]


class Design(NamedTuple):
    """A blueprint with all that follows from it.

    Attributes:
        tree: What it was read from.
        blueprint: What was read.
        sources: What spans refer to.
        numbers: All derived numbers by key.
        findings: What the language and the rules find, waived findings left out.
        profile: How strict the rules were.
        replaced: Spans in ``sources`` that were exchanged, each with the one that stands in its place.
    """

    tree: Mapping
    blueprint: Blueprint
    sources: tuple[Source, ...]
    numbers: dict[str, Derived]
    findings: tuple[Diagnostic, ...]
    profile: rules.Profile
    replaced: tuple[tuple[Span, Span], ...] = ()


class Problem(NamedTuple):
    """Why a value cannot be written into a blueprint.

    Attributes:
        diagnostics: What is wrong.
        sources: What their spans refer to.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]


class Move(NamedTuple):
    """A derived number before and after.

    Attributes:
        before: The number; None where it could not be derived.
        after: The number; None where it no longer can.
    """

    before: Derived | None
    after: Derived | None

    @property
    def factor(self) -> Fraction | None:
        """After over before; None where one of them is missing or zero."""
        if self.before is None or self.after is None or not self.before.value.value:
            return None
        return self.after.value.value / self.before.value.value


class Outcome(NamedTuple):
    """What another value changes.

    Attributes:
        moves: Numbers that differ, in the order of the sheet.
        appeared: Findings that are new.
        vanished: Findings that are gone.
        kept: How many findings stay.
        before: The design as it is.
        after: The design with the other values.
    """

    moves: tuple[Move, ...]
    appeared: tuple[Diagnostic, ...]
    vanished: tuple[Diagnostic, ...]
    kept: int
    before: Design
    after: Design


def design(tree: Mapping, sources: Sequence[Source], profile: rules.Profile | None = None) -> Design:
    """Return a blueprint with its numbers and findings.

    Args:
        tree: The tree of the blueprint, fragments included.
        sources: What its spans refer to.
        profile: How strict the rules are; what suits the blueprint where None.
    """
    blueprint, language = parse_tree(tree)
    known = {one.key: one for section in numbers(Facts(blueprint)).values() for one in section}
    profile = profile or rules.natural_profile(blueprint)
    return Design(tree, blueprint, tuple(sources), known, (*language, *rules.run(blueprint, profile)), profile)


def what_if(before: Design, texts: Sequence[str]) -> Outcome | Problem:
    """Return what changes with other values.

    Args:
        before: The design as it is.
        texts: Assignments ``PATH=VALUE``, one made after the other.
    """
    after = change(before, texts)
    return after if isinstance(after, Problem) else compare(before, after)


def change(before: Design, texts: Sequence[str]) -> Design | Problem:
    """Return a design with other values, judged as strictly as before, or why they cannot be written.

    Only what is new counts as a problem: errors that the blueprint has anyway do not keep it from being changed.
    """
    applied, found = _applied(before, texts)
    after = design(applied.tree, applied.sources, before.profile)._replace(replaced=applied.replaced)
    wrong = [*found, *_added(before, after, language=True)[0]]
    errors = tuple(each for each in wrong if each.severity is Severity.ERROR)
    return Problem(errors, after.sources) if errors else after


def _applied(before: Design, texts: Sequence[str]) -> tuple[Design, list[Diagnostic]]:
    """Return a design whose tree has other values, not read again yet, and what is wrong with paths and YAML."""
    after, found = before, list[Diagnostic]()
    for text in texts:
        number = len(after.sources)
        got = assign(after.tree, after.blueprint, text)
        if isinstance(got, Diagnostic):
            found.append(_moved(got, number))
            after = after._replace(sources=(*after.sources, Source("--set", text)))
            continue
        tree, wrong = written(got, number)
        if wrong:
            found += wrong
            after = after._replace(sources=(*after.sources, got.source))
            continue
        after = after._replace(
            tree=tree,
            blueprint=parse_tree(tree)[0],
            sources=(*after.sources, got.source),
            replaced=(*after.replaced, *_exchanged(got, number)),
        )
    return after, found


def _exchanged(assignment: Assignment, number: int) -> list[tuple[Span, Span]]:
    """Return the span of what was written before, with that of the value in its place."""
    text = assignment.source.text
    if assignment.place.new or assignment.place.node is None:
        return []
    return [(assignment.place.node.span, Span(text.index("=") + 1, len(text), number))]


def _moved(finding: Diagnostic, number: int) -> Diagnostic:
    span = finding.span or Span(0, 0)
    return Diagnostic(
        finding.code, finding.severity, finding.message, span._replace(source=number), finding.hint, finding.notes
    )


def compare(before: Design, after: Design) -> Outcome:
    """Return what differs between a design and one made from it."""
    keys = list(dict.fromkeys((*after.numbers, *before.numbers)))
    moves = []
    for key in keys:
        move = Move(before.numbers.get(key), after.numbers.get(key))
        if move.before is None or move.after is None or move.before.value != move.after.value:
            moves.append(move)
    appeared, vanished = _added(before, after)
    kept = len(after.findings) - len(appeared)
    return Outcome(tuple(moves), tuple(appeared), tuple(vanished), kept, before, after)


def _added(before: Design, after: Design, language: bool = False) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the findings that only the second and only the first of two designs has."""
    known = set(rules.modules()) | {"WVR01", "WVR02"}
    first = [each for each in before.findings if not language or each.code not in known]
    second = [each for each in after.findings if not language or each.code not in known]
    return _without(second, first, after), _without(first, second, after)


def _without(these: list[Diagnostic], those: list[Diagnostic], after: Design) -> list[Diagnostic]:
    """Return the findings that have no counterpart among others: one of the same code at the same place."""
    left = Counter(_identity(each, after) for each in those)
    found = []
    for each in these:
        identity = _identity(each, after)
        if left[identity]:
            left[identity] -= 1
        else:
            found.append(each)
    return found


def _identity(finding: Diagnostic, after: Design) -> tuple[str, int, int]:
    """Return what makes a finding the same before and after: its code and where it begins.

    What points into an exchanged value is taken back to the value that stood there, of whatever length.
    """
    span = finding.span or Span(0, 0, -1)
    for old, new in reversed(after.replaced):
        within = old.source == span.source and old.start <= span.start and span.end <= old.end
        if within or (span.source == new.source and span.start >= new.start):
            span = old
    return finding.code, span.source, span.start
