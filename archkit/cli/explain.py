"""Code of a finding → its page, printed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from archkit import explain
from archkit.cli import complete, console


def command(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help="As YML004; the first letters list all of a kind.", autocompletion=complete.codes
        ),
    ] = "",
) -> None:
    """Explain a code: what the finding means, why it matters, what to write instead."""
    if not code:
        rows = [(page.code, page.title) for page in explain.pages().values()]
        console.out(console.table(rows, columns=console.width(sys.stdout)))
        return
    of_kind = [page for page in explain.pages().values() if page.code.startswith(code.upper())]
    if len(of_kind) > 1:
        console.out(console.table([(page.code, page.title) for page in of_kind], columns=console.width(sys.stdout)))
        return
    page = explain.page(code)
    if page is None:
        meant = explain.meant(code)
        hint = f"did you mean `{meant}`?" if meant else "`archkit explain` lists all codes"
        console.problem(f"there is no code `{code}`", hint)
        raise typer.Exit(console.Code.USAGE)
    head = f"{page.code}: {page.title}"
    console.out(f"\x1b[1m{head}\x1b[0m\n" if console.colored(sys.stdout) else f"{head}\n")
    console.out(f"\n{page.text}\n" if page.text else "")
