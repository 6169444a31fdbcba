"""Paths of blueprints → a report of everything that is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from archkit import files
from archkit.cli import complete, console
from archkit.cli.inputs import gather
from archkit.cli.options import Blueprints, ErrorOnWarningOption, ExitZeroOption, ProfileOption, choice, strict
from archkit.cli.reading import read, status
from archkit.diagnostics import Diagnostic
from archkit.report import merge
from archkit.sentences import how_many
from archkit.source import Source

if TYPE_CHECKING:
    from datetime import date

    from archkit.document import Document
    from archkit.rules import Profile

FORMATS = ("text", "json", "sarif", "github")


def command(
    paths: Blueprints,
    format: Annotated[
        str, typer.Option("--format", help="text, json, sarif or github.", autocompletion=complete.reports)
    ] = "text",
    profile: ProfileOption = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write the report to a file.")] = "",
    exit_zero: ExitZeroOption = False,
    error_on_warning: ErrorOnWarningOption = False,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help="Report waivers whose reason says `until` an earlier day.")
    ] = "",
) -> None:
    """Check blueprints and report everything that is wrong, with its place and what to write instead."""
    choice(format, FORMATS, "--format")
    output = "" if output == "-" else output  # standard output, where it goes by itself
    strictness = strict(profile)
    day = _day(as_of) if as_of else None
    inputs = gather(paths)
    code = console.report_inputs(inputs)
    documents = []
    for each in inputs.blueprints:
        document = read(each.path)
        if document is None:
            code = console.Code.USAGE
            continue
        documents.append(document)
    findings, sources = merge((_judged(document, strictness, day), document.sources) for document in documents)
    _deliver(_report(format, findings, sources, output), output)
    if format == "text" and not findings and documents:
        count = len(documents)
        console.say(f"no findings in {how_many(count, 'blueprint')}")
    raise typer.Exit(max(code, status(findings, exit_zero, error_on_warning)))


def _day(written: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"`{written}` is no day, as 2026-09-30 is", param_hint="'--as-of'") from None


def _judged(document: Document, strictness: Profile | None, day: date | None) -> tuple[Diagnostic, ...]:
    found = document.judged(strictness)
    if day is None or document.blueprint is None:
        return found
    # Loaded here, so that `--help` needs no rules.
    from archkit.rules import ended

    return (*found, *ended(document.blueprint.waivers, day))


def _report(format: str, findings: Sequence[Diagnostic], sources: Sequence[Source], output: str) -> str:
    if format == "text":
        from archkit.report import text

        color, width = (False, 120) if output else (console.colored(sys.stdout), console.width(sys.stdout))
        return text.report(findings, sources, color=color, width=width)
    if format == "sarif":
        from archkit import __version__
        from archkit.explain import pages
        from archkit.report import sarif

        return sarif.report(findings, sources, pages(), __version__)
    written: str = import_module(f"archkit.report.{format}").report(findings, sources)
    return written


def _deliver(report: str, output: str) -> None:
    if output:
        files.write(output, report.encode("utf-8", "backslashreplace"))
        console.say(f"wrote {output}")
    else:
        console.out(report)
