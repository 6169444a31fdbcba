"""Code of a finding → its page, printed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from archkit import explain
from archkit.cli import complete, console


def command(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CODE", help="As YML004; the first letters list all of a kind.", autocompletion=complete.codes
        ),
    ] = None,
) -> None:
    """Explain a code: what the finding means, why it matters, what to write instead."""
    if not codes:
        console.out(_table(list(explain.pages().values())))
        return
    told = [_told(code) for code in dict.fromkeys(codes)]
    known = [text for text in told if text is not None]
    console.out("\n\n".join(known))
    if len(known) < len(told):
        raise typer.Exit(console.Code.USAGE)


def _told(code: str) -> str | None:
    """Return the page of a code, or the list of those that begin so; None, and say why, where there is none."""
    of_kind = [page for page in explain.pages().values() if page.code.startswith(code.upper())]
    if len(of_kind) > 1:
        return _table(of_kind)
    page = explain.page(code)
    if page is None:
        meant = explain.meant(code)
        hint = f"did you mean `{meant}`?" if meant else "`archkit explain` lists all codes"
        console.problem(f"there is no code `{code}`", hint)
        return None
    head = f"{page.code}: {page.title}"
    title = f"\x1b[1m{head}\x1b[0m\n" if console.colored(sys.stdout) else f"{head}\n"
    return title + (f"\n{page.text}\n" if page.text else "")


def _table(pages: list[explain.Page]) -> str:
    return console.table([(page.code, page.title) for page in pages], columns=console.width(sys.stdout))
