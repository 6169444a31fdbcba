"""Findings in words: what shows itself with its findings, and errors that carry those that stand in the way."""

from __future__ import annotations

from archkit.diagnostics import Diagnostic
from archkit.source import Source


class Readable:
    """A blueprint that was read, which shows itself by its name and its findings in a notebook and in a terminal."""

    name: str
    sources: tuple[Source, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that was found."""
        raise NotImplementedError

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
