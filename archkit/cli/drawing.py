"""One run of ``archkit render``: every figure that is wanted drawn and written, and what was found on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from archkit.cli import console
from archkit.cli.inputs import Input
from archkit.cli.progress import Progress
from archkit.cli.reading import attempt
from archkit.cli.saving import Saver
from archkit.contents import reserved
from archkit.diagnostics import Diagnostic
from archkit.filenames import safe_names
from archkit.files import FileError
from archkit.report.escape import visible
from archkit.sentences import how_many
from archkit.suggest import nearest
from archkit.workers import Task, Workers

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.cache import Cache
    from archkit.document import Document
    from archkit.made import Made
    from archkit.theme import Theme
    from archkit.view import FigureView

_AHEAD = 16  # figures that wait for each process while a blueprint is finished


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
    jobs: int = 1


def _either(names: Iterable[str]) -> str:
    listed = ", ".join(f"`{name}`" for name in names)
    return f"what can be drawn: {listed}; `archkit figures` tells more" if listed else "`archkit figures` lists them"


def _cache() -> Cache:
    """Return where figures are kept; loaded only then, as one figure alone is drawn faster than it is looked for."""
    from archkit import cache

    return cache.default()


def paths_of(blueprint: Blueprint, names: Sequence[str], folder: Path) -> dict[str, Path]:
    """Return the paths of figures' files below a folder, without their endings.

    Args:
        blueprint: Whose figures they are.
        names: Of the figures.
        folder: Where they are written.
    """
    # All names, drawn or not: a figure's file is called the same whichever others are drawn with it.
    found = safe_names([*dict.fromkeys(reserved(blueprint)), *names])
    return {name: folder / found[name] for name in names}


def wanted(document: Document, names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the figures to draw of a document, and of those that it does not have why they cannot be drawn.

    Args:
        document: Without errors of the language.
        names: Of figures and kinds of figures that are asked for; all that apply where there are none.

    Returns:
        The figures, and for each name that none of them has a sentence; an empty one where the name is not known.
    """
    if not names:
        return list(document.figures()), {}
    found: list[str] = []
    lacking: dict[str, str] = {}
    for name in dict.fromkeys(names):
        missing = document.missing(name)
        if missing == []:
            found += document.named(name)
        elif missing:
            lacking[name] = f"`{name}` cannot be drawn from {document.name}: it needs {'; '.join(missing)}"
        else:
            lacking[name] = ""
    return list(dict.fromkeys(found)), lacking


class _Figure(NamedTuple):
    """A figure that has been begun.

    Attributes:
        name: Unique in its blueprint.
        path: Of its files, without what sets them apart.
        kept: What the cache has of it, by what the file's name ends in.
        keys: By which the cache is to keep what it does not have.
        task: What is being made of it; None where all is there.
        problem: Why nothing is.
    """

    name: str
    path: Path
    kept: dict[str, bytes]
    keys: dict[str, str]
    task: Task[Made] | None
    problem: Exception | None = None


class _Begun(NamedTuple):
    """A blueprint whose figures have been begun."""

    given: Input
    document: Document | FileError
    figures: list[_Figure]


class Run:
    """One run of the command: what has been written and found so far. To be used in a ``with`` statement."""

    def __init__(self, wish: Wish) -> None:
        self.code: int = console.Code.CLEAN
        self.findings: list[Diagnostic] = []
        self._wish = wish
        self._figures = self._files = self._stepped = 0
        self._formless: dict[str, list[str]] = {}  # formats that only graphs have → figures that are none
        self._known: set[str] = set()
        self._offered: dict[str, None] = {}
        self._refused: dict[str, str] = {}
        self._drawn: set[str] = set()
        # For whole chapters: looking for one figure would take as long as drawing it.
        self._cache = _cache() if wish.kept and not wish.figures else None
        self._open = ExitStack()
        self._progress = Progress()
        self._workers = Workers(wish.jobs, self._progress.warn)
        self._saver = Saver(self._told)

    def __enter__(self) -> Self:
        for each in (self._progress, self._workers, self._saver):
            self._open.enter_context(each)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def blueprints(self, inputs: Iterable[Input]) -> None:
        """Draw the figures of blueprints, whatever is wrong with some of them.

        Those that follow are begun before one is finished, so that no process waits for work.
        """
        begun: deque[_Begun] = deque()
        ahead = 0 if self._wish.jobs == 1 else _AHEAD * self._wish.jobs
        for given in inputs:
            begun.append(self._begin(given))
            while begun and sum(len(each.figures) for each in islice(begun, 1, None)) >= ahead:
                self._finish(begun.popleft())
        while begun:
            self._finish(begun.popleft())

    def _begin(self, given: Input) -> _Begun:
        """Read a blueprint and begin with its figures; tell nothing yet."""
        self._progress.step(f"reading {visible(given.path)}")
        document = attempt(given.path)
        if isinstance(document, FileError) or document.broken or document.blueprint is None:
            return _Begun(given, document, [])
        names = self._names(document)
        paths = paths_of(document.blueprint, names, Path(self._wish.output, given.folder))
        return _Begun(given, document, [self._figure(document, name, paths[name]) for name in names])

    def _finish(self, begun: _Begun) -> None:
        """Write the figures of a blueprint, and tell what was found."""
        given, document, figures = begun
        if isinstance(document, FileError):
            self._complain(document.message, console.Code.USAGE, document.hint)
            return
        found = list(document.problems)
        for figure in figures:
            self._progress.step(f"drawing {visible(given.folder)}/{visible(figure.name)}")
            found += self._deliver(document, figure)
        self._room()
        console.report(found, document.sources)
        if not document.broken and not self._wish.figures and not figures:
            name = console.quoted(visible(document.name))
            console.say(f"there is nothing to draw in {name} yet; `archkit figures {name}` says what each figure needs")
        if document.broken:
            console.say(f"{visible(document.name)} is not drawn because of its errors")
        self.findings += found

    def _names(self, document: Document) -> list[str]:
        """Return the figures to draw of a document."""
        names, lacking = wanted(document, self._wish.figures)
        self._drawn.update(name for name in self._wish.figures if name not in lacking)
        for name, needs in lacking.items():
            if needs:
                self._refused[name] = needs
            else:
                self._known.update(entry.name for entry in document.contents())
                self._offered |= dict.fromkeys(document.figures())
        return names

    def _figure(self, document: Document, name: str, path: Path) -> _Figure:
        """Begin with a figure: plan it, take from the cache what is there, and have the rest made."""
        # Loaded here, with the first figure, because a blueprint with errors needs no layout.
        from archkit.layout import LayoutError
        from archkit.made import effort, made

        wish = self._wish
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
        except (LayoutError, ValueError) as error:
            return _Figure(name, path, {}, {}, None, error)
        kept, keys = self._kept(view)
        lacking = [format for format in wish.formats if format not in view.formats]
        if lacking and not wish.figures:
            self._formless.setdefault(", ".join(lacking), []).append(name)
            wanted = [format for format in wish.formats if format not in lacking]
        else:
            # What it lacks comes last: making it says why it cannot be, and the others are written before.
            wanted = sorted(wish.formats, key=lambda format: format in lacking)
        formats = [format for format in wanted if f".{format}" not in kept]
        steps = wish.formats if wish.steps else []
        task = None
        if formats or steps:
            task = self._workers.begin(made, view, formats, steps, wish.scale, wish.width, effort=effort(view))
        return _Figure(name, path, kept, keys, task)

    def _kept(self, view: FigureView) -> tuple[dict[str, bytes], dict[str, str]]:
        """Return what the cache has of a figure, and the keys of the rest, by what the files' names end in."""
        if self._cache is None or not self._cache.active or view.engine != "builtin":
            return {}, {}
        from archkit.cache import key, key_of

        whole = key_of(view)
        keys = {f".{format}": key(whole, format, *self._size(format)) for format in self._wish.formats}
        kept = {end: data for end, name in keys.items() if (data := self._cache.get(name)) is not None}
        return kept, keys

    def _size(self, format: str) -> tuple[float, int | None] | tuple[()]:
        return (self._wish.scale, self._wish.width) if format == "png" else ()

    def _deliver(self, document: Document, figure: _Figure) -> list[Diagnostic]:
        """Write the files of a figure; return what layout could not do as asked."""
        from archkit.made import Made, outcome
        from archkit.view import remarks

        done = outcome(figure.task) if figure.task is not None else Made((), problem=figure.problem)
        new = dict(done.files)
        for format in self._wish.formats:
            end = f".{format}"
            if end in figure.kept:
                self._save(figure.kept[end], figure, end)
            elif end in new:
                self._save(new[end], figure, end)
                # What is kept could be laid out as wanted. Otherwise a run with more time may do better.
                if self._cache is not None and end in figure.keys and not done.notices and done.problem is None:
                    self._cache.put(figure.keys[end], new[end])
        for end, data in done.files:
            if end.removeprefix(".") not in self._wish.formats:
                self._save(data, figure, end)
        self._stepped += done.steps
        if done.problem is None:
            self._figures += bool(done.files or figure.kept)
            return remarks(figure.name, done.notices)
        self._room()
        failed = console.undrawn(done.problem, f"figure `{figure.name}` of {document.name}")
        self.code = max(self.code, failed)
        return []

    def _save(self, data: bytes, figure: _Figure, end: str) -> None:
        self._saver.save(data, figure.path.with_name(f"{figure.path.name}{end}"))

    def _told(self, path: Path) -> None:
        self._files += 1
        self._progress.pause()
        console.out(f"{visible(str(path))}\n")

    def _room(self) -> None:
        """Make room for other output, behind the names of what has been written."""
        self._saver.settle()
        self._progress.pause()

    def _complain(self, message: str, code: int, hint: str = "") -> None:
        self._room()
        console.problem(message, hint)
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
                hint = f"did you mean `{meant}`?" if meant else _either(self._offered)
                console.problem(f"there is no figure `{name}`", hint)
                self.code = max(self.code, console.Code.USAGE)

    def tell(self, seconds: float) -> None:
        """Say how much was written, and that there are no steps where some were asked for."""
        if self._wish.steps and self._figures and not self._stepped:
            console.say("--steps changes nothing here: only graphs, such as `system`, are drawn step by step")
        for formats, names in self._formless.items():
            some = f"{len(names)} figures are no graphs" if names[1:] else f"`{names[0]}` is no graph"
            console.say(f"{some} of components: not written as {formats}")
        if self._cache is not None:
            self._cache.trim()
        figures = how_many(self._figures, "figure")
        count = how_many(self._files, "file")
        console.say(f"{figures}, {count} in {seconds:.2f} s")
