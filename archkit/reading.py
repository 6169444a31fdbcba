"""What reading a tree collects besides values: diagnostics, references to check, waivers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Sequence as Seq
from dataclasses import dataclass
from typing import NamedTuple

from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.source import Span
from archkit.suggest import nearest
from archkit.yamltree import Mapping, Node, Scalar, Sequence

NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class Reference(NamedTuple):
    """A name that must be declared elsewhere.

    Attributes:
        kinds: What it may name, such as ``("component", "model")``.
        name: As written.
        span: Where it is written.
    """

    kinds: tuple[str, ...]
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that the author accepts, at one place and for a reason.

    Args:
        code: The finding's code, such as ``SRV03``.
        reason: Why it is accepted.
        span: The code as written.
        scope: Where it silences: the key and value of the thing that it is written in; empty for the whole blueprint.
    """

    code: str
    reason: str
    span: Span
    scope: tuple[Span, ...]

    def covers(self, span: Span | None) -> bool:
        """Return whether a finding at ``span`` stands inside the waiver's scope."""
        if not self.scope:
            return True
        return span is not None and any(
            scope.source == span.source and scope.start <= span.start and span.end <= scope.end for scope in self.scope
        )


class Reading:
    """The state of reading one blueprint: shapes report to it and never raise.

    Attributes:
        diagnostics: Everything found so far, in the order found.
        references: Names to be looked up when everything has been read.
        waivers: All waivers, in the order read.
        partial: Whether something could not be read, so that a name that is not declared proves nothing.
        example: How the value that is read next may be written; "" where nothing better than the usual is known.
        home: Says in a hint where a key belongs that a class of records does not have.
    """

    def __init__(self, home: Callable[[str, type], str] = lambda _key, _cls: "") -> None:
        self.home = home
        self._comparisons = 50_000  # enough for hundreds of slips, and well under a second
        self.partial = False
        self.example = ""
        self.diagnostics: list[Diagnostic] = []
        self.references: list[Reference] = []
        self.waivers: list[Waiver] = []

    def nearest(self, word: str, known: Collection[str]) -> str:
        """Return the known word that was probably meant, or ""; gives up after a great many.

        Args:
            word: What is written.
            known: What may be meant.
        """
        if self._comparisons < 0:
            return ""
        self._comparisons -= len(known)
        return nearest(word, known)

    def error(
        self, code: str, span: Span | None, message: str, hint: str = "", notes: Seq[Note] = (), *, warn: bool = False
    ) -> None:
        """Report a finding.

        Args:
            code: Of the finding, such as LNG003.
            span: What it is about; None for the whole file.
            message: What is wrong.
            hint: What to write instead.
            notes: Further places.
            warn: Whether it is a warning.
        """
        severity = Severity.WARNING if warn else Severity.ERROR
        self.diagnostics.append(Diagnostic(code, severity, message, span, hint, tuple(notes)))


def is_null(node: Node) -> bool:
    """Return whether a node says nothing: a key without a value, ``~`` or ``null``."""
    return type(node) is Scalar and node.plain and node.text in NULLS


def shorten(text: str, size: int = 40) -> str:
    """Return a text fit to be quoted in a message: on one line, at most ``size`` characters.

    Args:
        text: What a user wrote.
        size: How many characters are kept.
    """
    text = " ".join(text.split())
    return text if len(text) <= size else text[: size - 1] + "…"


def describe(node: Node) -> str:
    """Say in words what a node is, for "… is written, not …" messages."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if is_null(node):
        return "nothing"
    return f"`{shorten(node.text)}`" if node.text.strip() else "an empty text"


def scalar(node: Node) -> Scalar:
    """Return a node that is known to be a scalar, because its shape accepts nothing else.

    Raises:
        TypeError: It is none, a mistake in a shape.
    """
    if not isinstance(node, Scalar):
        raise TypeError(f"a scalar was expected, not {describe(node)}")
    return node
