"""Findings in words and as values: what shows itself with its findings, and errors that carry those in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archkit.diagnostics import Diagnostic
from archkit.source import Source

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.capacity import Section
    from archkit.rules import Profile
    from archkit.score import Score


class Readable:
    """A blueprint that was read, which shows itself by its name and its findings in a notebook and in a terminal."""

    name: str
    blueprint: Blueprint | None
    sources: tuple[Source, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that was found.

        Raises:
            NotImplementedError: What was reported has no findings of its own, a mistake in its class.
        """
        raise NotImplementedError

    def findings(self) -> list[dict[str, object]]:
        """Return every finding as plain values, such as for a table: ``pandas.DataFrame(doc.findings())``.

        Each has ``code``, ``severity`` (error, warning or advice), ``message``, ``hint`` (may be empty), ``file``, and
        ``line``, ``column``, ``end_line`` and ``end_column``, counted from 1, the end just past the last character; all
        five are None where no place exists.
        """
        # Loaded here because a program that draws needs no report.
        from archkit.report.place import place

        found: list[dict[str, object]] = []
        for one in self.diagnostics:
            where: Sequence[object] = place(one.span, self.sources) if one.span else (None,) * 5
            said = {"code": one.code, "severity": one.severity.name.lower(), "message": one.message, "hint": one.hint}
            found.append(said | dict(zip(("file", "line", "column", "end_line", "end_column"), where, strict=True)))
        return found

    def score(self, profile: Profile | None = None) -> Score:
        """Return how complete the design is: its total, the seven steps, and what would raise it most.

        Args:
            profile: How strictly it is judged: ``sketch``, ``interview`` or ``production``; as suits what is written
                where None.

        Raises:
            BlueprintError: There is nothing to judge.
        """
        # Loaded here because drawing a blueprint needs no score.
        from archkit.score import score

        return score(self._design(), profile)

    def capacity(self) -> tuple[Section, ...]:
        """Return every number that follows from the blueprint, in sections, with its formula and what it rests on.

        Raises:
            BlueprintError: There is nothing to compute from.
        """
        # Loaded here because drawing a blueprint needs no sheet.
        from archkit.capacity import sheet

        return sheet(self._design())

    def _design(self) -> Blueprint:
        if self.blueprint is None:
            raise BlueprintError(self.diagnostics, self.sources)
        return self.blueprint

    def report(self) -> str:
        """Return every finding in words, with its line and column and what to write instead; nothing for none."""
        # Loaded here because a program that draws needs no report.
        from archkit.report import text

        return text.report(self.diagnostics, self.sources)

    def __repr__(self) -> str:
        count = len(self.diagnostics)
        return (
            f"<blueprint {self.name}: {count or 'no'} finding{'s' * (count != 1)}{', see .report()' if count else ''}>"
        )


class ReportedError(Exception):
    """Something has errors; the text of the exception is the report of all findings.

    Attributes:
        diagnostics: All findings, graver ones first.
        sources: What their spans refer to.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...], sources: tuple[Source, ...]) -> None:
        super().__init__(diagnostics, sources)
        self.diagnostics = diagnostics
        self.sources = sources

    def __str__(self) -> str:
        # Loaded here because a program that finds no error needs no report.
        from archkit.report import text

        return text.report(self.diagnostics, self.sources).rstrip("\n")


class BlueprintError(ReportedError):
    """A blueprint has errors."""


class ThemeError(ReportedError):
    """The file of a theme has errors."""
