"""The rules → a table."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from archkit.cli import complete, console
from archkit.cli.options import choice, strict


def command(
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            help="Those that count for a sketch, interview or production.",
            autocompletion=complete.profiles,
        ),
    ] = "",
    format: Annotated[str, typer.Option("--format", help="text or json.", autocompletion=complete.tables)] = "text",
) -> None:
    """List the rules that a design is judged by; `archkit explain CODE` prints the page of one."""
    choice(format, ("text", "json"), "--format")
    strictness = strict(profile)
    from archkit import explain, rules

    codes = rules.modules() if strictness is None else rules.profiled(strictness)
    if format == "json":
        listed = [
            {
                "code": code,
                "severity": rules.rule(code).SEVERITY.name.lower(),
                "step": rules.rule(code).STEP,
                "profiles": list(rules.rule(code).PROFILES),
                "title": explain.pages()[code].title,
                "text": explain.pages()[code].text,
            }
            for code in codes
        ]
        console.out(json.dumps(listed, indent=2, ensure_ascii=False) + "\n")
        return
    rows = [
        (code, rules.rule(code).SEVERITY.name.lower(), rules.rule(code).STEP, explain.pages()[code].title)
        for code in codes
    ]
    head = ("CODE", "SEVERITY", "STEP", "WHAT IT REPORTS")
    console.out(console.table(rows, head, console.width(sys.stdout)))
