"""One run of ``archkit render``: every figure that is wanted drawn and written, and what was found on the way."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archkit import files
from archkit.cli import console
from archkit.cli.inputs import Input
from archkit.cli.progress import Progress
from archkit.cli.reading import read
from archkit.contents import reserved
from archkit.diagnostics import Diagnostic
from archkit.filenames import safe_names
from archkit.report.escape import visible
from archkit.suggest import nearest

if TYPE_CHECKING:
    from archkit.cache import Cache
    from archkit.document import Document
    from archkit.theme import Theme
    from archkit.view import FigureView

_PICTURES = ("svg", "png", "pdf")  # formats that a single step of a figure can have


class Wish(NamedTuple):
    """What the options ask for."""

    figures: list[str]
    formats: list[str]
    output: str
    theme: Theme
    scale: float
    width: int | None
    page: str
    transparent: bool
    adaptive: bool
    engine: str
    timeout: float
    steps: bool = False
    kept: bool = True


def _either(names: Iterable[str]) -> str:
    return f"what can be drawn: {', '.join(f'`{name}`' for name in names)}; `archkit figures` tells more"


def _cache() -> Cache:
    """Return where figures are kept; loaded only then, as one figure alone is drawn faster than it is looked for."""
    from archkit import cache

    return cache.default()


class Run:
    """One run of the command: what has been written and found so far."""

    def __init__(self, wish: Wish) -> None:
        self.progress = Progress()
        self.code: int = console.Code.CLEAN
        self.findings: list[Diagnostic] = []
        self._wish = wish
        self._figures = self._files = self._stepped = 0
        self._known: set[str] = set()
        self._offered: dict[str, None] = {}
        self._refused: dict[str, str] = {}
        self._drawn: set[str] = set()
        # For whole chapters: looking for one figure would take as long as drawing it.
        self._cache = _cache() if wish.kept and not wish.figures else None

    def blueprint(self, given: Input) -> None:
        """Draw the figures of one blueprint, whatever is wrong with others."""
        document = read(given.path)
        if document is None:
            self.code = max(self.code, console.Code.USAGE)
            return
        found = list(document.problems)
        names: list[str] = []
        if not document.broken and document.blueprint is not None:
            names = self._names(document)
            # All names, drawn or not: a figure's file is called the same whichever others are drawn with it.
            file_names = safe_names([*dict.fromkeys(reserved(document.blueprint)), *names])
            for name in names:
                self.progress.step(f"drawing {visible(given.folder)}/{visible(name)}")
                found += self._figure(document, name, Path(self._wish.output, given.folder, file_names[name]))
        self.progress.pause()
        console.report(found, document.sources)
        if not document.broken and not self._wish.figures and not names:
            name = shlex.quote(visible(document.name))
            console.say(f"there is nothing to draw in {name} yet; `archkit figures {name}` says what each figure needs")
        if document.broken:
            console.say(f"{visible(document.name)} is not drawn because of its errors")
        self.findings += found

    def _names(self, document: Document) -> list[str]:
        """Return the figures to draw of a document."""
        if not self._wish.figures:
            return list(document.figures())
        names: list[str] = []
        for name in dict.fromkeys(self._wish.figures):
            missing = document.missing(name)
            if missing == []:
                self._drawn.add(name)
                names += document.named(name)
            elif missing:
                self._refused[name] = f"`{name}` cannot be drawn from {document.name}: it needs {'; '.join(missing)}"
            else:
                self._known.update(entry.name for entry in document.contents())
                self._offered |= dict.fromkeys(document.figures())
        return list(dict.fromkeys(names))

    def _figure(self, document: Document, name: str, path: Path) -> list[Diagnostic]:
        """Write one figure in all formats; return what layout could not do as asked."""
        # Loaded here, with the first figure, because a blueprint with errors needs no layout.
        from archkit.layout import LayoutError

        wish = self._wish
        drawn: list[str] = []
        self._drawn.add(name)
        try:
            view = document.figure(
                name,
                theme=wish.theme,
                engine=wish.engine,
                timeout=wish.timeout,
                page=wish.page,
                transparent=wish.transparent,
                adaptive=wish.adaptive,
            )
            drawn += [format for format in wish.formats if not self._kept(view, format, path)]
            if wish.steps:
                self._steps(view, path)
        except LayoutError as error:
            self._complain(f"figure `{name}` of {document.name}: {error}", console.Code.LAYOUT)
            return []
        except ValueError as error:
            self._complain(f"figure `{name}` of {document.name}: {error}", console.Code.USAGE)
        else:
            self._figures += 1
        return list(view.diagnostics) if drawn else []

    def _kept(self, view: FigureView, format: str, path: Path) -> bool:
        """Write a figure, drawn only if it was not drawn before; return whether it was.

        What is kept could be laid out as wanted. Otherwise a run with more time may do better.
        """
        target = path.with_name(f"{path.name}.{format}")
        if self._cache is None or not self._cache.active or view.engine != "builtin":
            self._write(view, format, target)
            return False
        from archkit.cache import key

        name = key(view.figure, view.theme, view.name, view.blueprint, view.finish, format, *self._size(format))
        data = self._cache.get(name)
        if data is not None:
            self._save(data, target)
            return True
        data = view.encode(format, self._wish.scale, self._wish.width)
        self._save(data, target)
        if not view.drawing.notices:
            self._cache.put(name, data)
        return False

    def _size(self, format: str) -> tuple[float, int | None] | tuple[()]:
        return (self._wish.scale, self._wish.width) if format == "png" else ()

    def _steps(self, view: FigureView, path: Path) -> None:
        """Write the steps of a graph figure, each for itself in the formats of pictures, and an SVG that plays them."""
        formats = [format for format in self._wish.formats if format in _PICTURES]
        for number, step in enumerate(view.steps(), 1):
            self._stepped += 1
            for format in formats:
                self._write(step, format, path.with_name(f"{path.name}.step-{number:02}.{format}"))
        if "svg" in formats and view.playing:
            self._save(view.playing.encode(), path.with_name(f"{path.name}.steps.svg"))

    def _write(self, view: FigureView, format: str, path: Path) -> None:
        self._save(view.encode(format, self._wish.scale, self._wish.width), path)

    def _save(self, data: bytes, path: Path) -> None:
        files.write(path, data)
        self._files += 1
        self.progress.pause()
        console.out(f"{visible(str(path))}\n")

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
                hint = f"did you mean `{meant}`?" if meant else _either(self._offered or known)
                console.problem(f"there is no figure `{name}`", hint)
                self.code = max(self.code, console.Code.USAGE)

    def tell(self, seconds: float) -> None:
        """Say how much was written, and that there are no steps where some were asked for."""
        if self._wish.steps and self._figures and not self._stepped:
            console.say("--steps changes nothing here: only graphs, such as `system`, are drawn step by step")
        if self._cache is not None:
            self._cache.trim()
        figures = f"{self._figures} figure{'s' * (self._figures != 1)}"
        count = f"{self._files} file{'s' * (self._files != 1)}"
        console.say(f"{figures}, {count} in {seconds:.2f} s")
