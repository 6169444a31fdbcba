"""Paths of blueprints → pictures of their figures in the output folder."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from archkit import files
from archkit.cli import complete, console
from archkit.cli.inputs import Input, gather
from archkit.cli.options import choice, choices, positive
from archkit.cli.progress import Progress
from archkit.cli.reading import read, status
from archkit.diagnostics import Diagnostic
from archkit.filenames import safe_names
from archkit.report.escape import visible
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.document import Document
    from archkit.view import FigureView

_ENGINES = ("builtin", "dot")
_PICTURES = ("svg", "png", "pdf")  # formats that a single step of a figure can have


class _Wish(NamedTuple):
    """What the options ask for."""

    figures: list[str]
    formats: list[str]
    output: str
    theme: str
    scale: float
    engine: str
    timeout: float
    steps: bool = False


def command(
    blueprints: Annotated[
        list[str],
        typer.Argument(metavar="BLUEPRINT", help="Blueprints, folders of blueprints, or - for standard input."),
    ],
    figure: Annotated[
        list[str] | None,
        typer.Option("--figure", metavar="NAME", help="Draw this figure only.", autocompletion=complete.figures),
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="svg, png.", autocompletion=complete.formats),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="Where to write.")] = "output",
    theme: Annotated[
        str, typer.Option("--theme", help="Look of the figures.", autocompletion=complete.themes)
    ] = "book",
    scale: Annotated[float, typer.Option("--scale", help="Pixels of a PNG for one pixel of the figure.")] = 1.5,
    engine: Annotated[
        str, typer.Option("--engine", help="builtin, or dot for an own Graphviz.", autocompletion=complete.engines)
    ] = "builtin",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Time for the layout of one figure.")
    ] = 20.0,
    steps: Annotated[
        bool, typer.Option("--steps", help="Also each step of drawing a graph, and an SVG that plays them.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Return 0 whatever is found.")] = False,
    error_on_warning: Annotated[bool, typer.Option("--error-on-warning", help="Return 1 for warnings too.")] = False,
) -> None:
    """Draw the figures of blueprints: all that apply, or those named with --figure."""
    from archkit.theme import THEMES
    from archkit.view import FORMATS

    wish = _Wish(
        figures=figure or [],
        formats=choices(format or ["svg"], FORMATS, "--format"),
        output=output,
        theme=choice(theme, THEMES, "--theme"),
        scale=positive(scale, "--scale"),
        engine=choice(engine, _ENGINES, "--engine"),
        timeout=positive(timeout, "--timeout"),
        steps=steps,
    )
    began = perf_counter()
    inputs = gather(blueprints)
    run = _Run(wish)
    run.code = console.report_inputs(inputs)
    with run.progress:
        for each in inputs.blueprints:
            run.blueprint(each)
    run.refuse()
    run.tell(perf_counter() - began)
    raise typer.Exit(max(run.code, status(run.findings, exit_zero, error_on_warning)))


class _Run:
    """One run of the command: what has been written and found so far."""

    def __init__(self, wish: _Wish) -> None:
        self.progress = Progress()
        self.code: int = console.Code.CLEAN
        self.findings: list[Diagnostic] = []
        self._wish = wish
        self._figures = self._files = 0
        self._known: set[str] = set()
        self._refused: dict[str, str] = {}
        self._drawn: set[str] = set()

    def blueprint(self, given: Input) -> None:
        """Draw the figures of one blueprint, whatever is wrong with others."""
        document = read(given.path)
        if document is None:
            self.code = max(self.code, console.Code.USAGE)
            return
        found = list(document.problems)
        if not document.broken:
            names = self._names(document)
            # All names, drawn or not: a figure's file is called the same whichever others are drawn with it.
            file_names = safe_names([*dict.fromkeys(entry.name for entry in document.contents()), *names])
            for name in names:
                self.progress.step(f"drawing {visible(given.folder)}/{visible(name)}")
                found += self._figure(document, name, Path(self._wish.output, given.folder, file_names[name]))
        self.progress.pause()
        self._print(found, document)
        if document.broken:
            console.say(f"{visible(document.name)} is not drawn because of its errors")
        self.findings += found

    def _names(self, document: Document) -> list[str]:
        """Return the figures to draw of a document."""
        if not self._wish.figures:
            return list(document.figures())
        self._known.update(entry.name for entry in document.contents())
        names: list[str] = []
        for name in dict.fromkeys(self._wish.figures):
            missing = document.missing(name)
            if missing == []:
                self._drawn.add(name)
                names += document.named(name)
            elif missing:
                self._refused[name] = f"`{name}` cannot be drawn from {document.name}: it needs {'; '.join(missing)}"
        return list(dict.fromkeys(names))

    def _figure(self, document: Document, name: str, path: Path) -> list[Diagnostic]:
        """Write one figure in all formats; return what layout could not do as asked."""
        # Loaded here, with the first figure, because a blueprint with errors needs no layout.
        from archkit.layout import LayoutError

        wish = self._wish
        self._drawn.add(name)
        try:
            view = document.figure(name, theme=wish.theme, engine=wish.engine, timeout=wish.timeout)
            for format in wish.formats:
                self._write(view, format, path.with_name(f"{path.name}.{format}"))
            if wish.steps:
                self._steps(view, path)
        except LayoutError as error:
            self._complain(f"figure `{name}` of {document.name}: {error}", console.Code.LAYOUT)
            return []
        except ValueError as error:
            self._complain(f"figure `{name}` of {document.name}: {error}", console.Code.USAGE)
        else:
            self._figures += 1
        return list(view.diagnostics)

    def _steps(self, view: FigureView, path: Path) -> None:
        """Write the steps of a graph figure, each for itself in the formats of pictures, and an SVG that plays them."""
        formats = [format for format in self._wish.formats if format in _PICTURES]
        for number, step in enumerate(view.steps(), 1):
            for format in formats:
                self._write(step, format, path.with_name(f"{path.name}.step-{number:02}.{format}"))
        if "svg" in formats and view.playing:
            self._save(view.playing.encode(), path.with_name(f"{path.name}.steps.svg"))

    def _write(self, view: FigureView, format: str, path: Path) -> None:
        self._save(view.encode(format, self._wish.scale), path)

    def _save(self, data: bytes, path: Path) -> None:
        files.write(path, data)
        self._files += 1
        self.progress.pause()
        console.out(f"{visible(str(path))}\n")

    def _print(self, found: list[Diagnostic], document: Document) -> None:
        if found:
            # Loaded here because most blueprints that are drawn have no findings.
            from archkit.report import text

            color, width = console.colored(sys.stderr), console.width(sys.stderr)
            sys.stderr.write(text.report(found, document.sources, color=color, width=width))

    def _complain(self, message: str, code: int) -> None:
        self.progress.pause()
        console.problem(message)
        self.code = max(self.code, code)

    def refuse(self) -> None:
        """Say which of the figures that were asked for are drawn from no blueprint, and why."""
        from archkit.figures import KINDS

        for name in dict.fromkeys(self._wish.figures):
            if name in self._drawn:
                continue
            if name in self._refused:
                self._complain(self._refused[name], console.Code.USAGE)
            elif name not in KINDS and name not in self._known:
                known = [*dict.fromkeys([*sorted(self._known), *KINDS])]
                meant = nearest(name, known)
                hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(known)}"
                console.problem(f"there is no figure `{name}`", hint)
                self.code = max(self.code, console.Code.USAGE)

    def tell(self, seconds: float) -> None:
        """Say how much was written."""
        figures = f"{self._figures} figure{'s' * (self._figures != 1)}"
        count = f"{self._files} file{'s' * (self._files != 1)}"
        console.say(f"{figures}, {count} in {seconds:.2f} s")
