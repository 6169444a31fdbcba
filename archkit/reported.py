"""Errors that carry findings: a blueprint or a theme that cannot be used, with everything that is wrong with it."""

from __future__ import annotations

from archkit.diagnostics import Diagnostic
from archkit.source import Source


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
