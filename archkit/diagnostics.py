"""Findings about a blueprint as values: code, severity, place, message, hint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from archkit.source import Span


class Severity(IntEnum):
    """How grave a finding is; larger is graver."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that helps to understand a finding, as "first written here"."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Args:
        code: Stable code, such as ``YML004`` or ``LAT01``; ``archkit explain CODE`` documents it.
        severity: How grave it is.
        message: One sentence about what is wrong, with the values at hand, without a full stop.
        span: Where; None only where no place exists (a missing file).
        hint: What to write instead, in one sentence.
        notes: Further places and the working of computed findings.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str = ""
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        return f"{self.severity.name.lower()}[{self.code}]: {self.message}"
