"""Paths of blueprints → a report of everything that is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from archkit import files
from archkit.cli import complete, console
from archkit.cli.inputs import gather
from archkit.cli.options import Blueprints, ErrorOnWarningOption, ExitZeroOption, ProfileOption, choice, strict
from archkit.cli.reading import read, status
from archkit.diagnostics import Diagnostic
from archkit.report import merge
from archkit.source import Source

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
) -> None:
    """Check blueprints and report everything that is wrong, with its place and what to write instead."""
    choice(format, FORMATS, "--format")
    output = "" if output == "-" else output  # standard output, where it goes by itself
    strictness = strict(profile)
    inputs = gather(paths)
    code = console.report_inputs(inputs)
    documents = []
    for each in inputs.blueprints:
        document = read(each.path)
        if document is None:
            code = console.Code.USAGE
            continue
        documents.append(document)
    findings, sources = merge((document.judged(strictness), document.sources) for document in documents)
    _deliver(_report(format, findings, sources, output), output)
    if format == "text" and not findings and documents:
        count = len(documents)
        console.say(f"no findings in {count} blueprint{'s' * (count != 1)}")
    raise typer.Exit(max(code, status(findings, exit_zero, error_on_warning)))


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
