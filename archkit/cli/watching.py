"""Blueprints that are being written → each change checked and drawn, told in one block and shown on a page."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archkit.cache import key_of
from archkit.cli import console
from archkit.cli.drawing import paths_of, wanted
from archkit.cli.inputs import Input, gather
from archkit.cli.progress import Progress
from archkit.cli.reading import attempt
from archkit.cli.saving import Saver
from archkit.files import FileError
from archkit.live import Finding, Picture, Sheet
from archkit.live.board import Board
from archkit.live.changes import Stamps, changed, files_of, stamps
from archkit.looks import from_file, is_file, look
from archkit.made import effort, made, outcome
from archkit.render.finish import SCALE
from archkit.render.png import size
from archkit.report import ordered, text
from archkit.report.escape import visible
from archkit.reported import ThemeError
from archkit.sentences import capital, how_many
from archkit.suggest import unknown
from archkit.titles import title_of
from archkit.workers import Workers

if TYPE_CHECKING:
    from archkit.diagnostics import Diagnostic
    from archkit.document import Document
    from archkit.rules import Profile
    from archkit.source import Source
    from archkit.theme import Theme
    from archkit.view import FigureView

_LOOK = 0.2  # seconds between two looks at the files
_SHOW = 0.3  # seconds between two states of the page while figures are drawn
_SETTLE = 0.05  # seconds in which a file that is being written does not change any more
_NAMED = 5  # files that are named one by one


class Wish(NamedTuple):
    """What the options ask for."""

    paths: list[str]
    figures: list[str]
    formats: list[str]
    output: str
    theme: str
    profile: Profile | None
    jobs: int


class _SupersededError(Exception):
    """Files have changed again, so that what is being drawn is old already."""


class Watch:
    """What has been read and drawn so far.

    Args:
        wish: What is asked for.
        board: Shows it.
    """

    def __init__(self, wish: Wish, board: Board) -> None:
        self._wish, self._board = wish, board
        self._folders = [path for path in wish.paths if Path(path).is_dir()]
        self._fixed = [path for path in wish.paths if path not in self._folders]
        self._fixed += [wish.theme] if is_file(wish.theme) else []
        self._files: list[str] = []
        self._seen: Stamps = {}
        self._sheets: dict[str, Sheet] = {}
        self._keys: dict[tuple[str, str], str] = {}  # of the figures that have been written, by blueprint and name
        self._looked = self._shown = 0.0
        self._progress = Progress()
        self._written: list[Path] = []

    def wait(self) -> list[str]:
        """Wait until files change and have come to rest; return their paths."""
        # Nothing else is going on: the time to give back what earlier blueprints took, see `reading`.
        gc.unfreeze()
        gc.collect()
        before = self._seen
        while (now := self._now()) == before:
            time.sleep(_LOOK)
        while True:
            time.sleep(_SETTLE)
            if (then := self._now()) == now:
                return changed(before, now)
            now = then

    def block(self) -> None:
        """Read, check and draw all that is new, and tell what was found and done."""
        began = time.perf_counter()
        self._written = []
        try:
            with Progress() as self._progress:
                new, count = self._draw()
        except _SupersededError:
            self._say("the files have changed again before all was drawn")
            return
        except FileError as error:
            self._complain(error)
            self._show(f"{error.message}.")
            return
        spent = time.perf_counter() - began
        done = f"drew {new} of {how_many(count, 'figure')}" if new else "nothing to draw anew; checked"
        self._say(*self._names_written(), f"{done} in {spent:.2f} s")
        self._show(f"{capital(done)} in {spent:.2f} s.")

    def _now(self) -> Stamps:
        return stamps(self._files, self._folders)

    def _read(self) -> list[tuple[Input, Document | FileError]]:
        """Read all blueprints as they are now, and note which files they come from."""
        files = [*self._fixed, *self._files]
        while True:
            # Before anything is read: what changes from here on is seen later.
            before = stamps(files, self._folders)
            inputs = gather(self._wish.paths)
            found = [(each, attempt(each.path)) for each in inputs.blueprints]
            parts = [path for _, one in found if not isinstance(one, FileError) for path in files_of(one)]
            self._files = list(dict.fromkeys((*self._fixed, *parts)))
            if set(self._files) <= before.keys():
                break
            files = [*files, *self._files]
        self._seen = {path: before.get(path, ()) for path in self._now()}
        for error in inputs.problems:
            self._complain(error)
        return found

    def _draw(self) -> tuple[int, int]:
        """Return how many figures are drawn anew, and how many there are."""
        found = self._read()
        look, broken = self._look()
        self._sheets = {given.folder: self._sheet(given, document, broken) for given, document in found}
        self._show("Drawing …")
        new = count = 0
        for given, document in found:
            if isinstance(document, FileError) or document.broken or look is None:
                continue
            names = self._names(document)
            new += self._figures(given, document, names, look)
            count += len(names)
        self._keys = {known: value for known, value in self._keys.items() if known[0] in self._sheets}
        return new, count

    def _look(self) -> tuple[Theme | None, str]:
        """Return the theme, or None and what is wrong with its file."""
        if not is_file(self._wish.theme):
            return look(self._wish.theme), ""
        try:
            theme, warnings, source = from_file(self._wish.theme)
        except ThemeError as error:
            self._report(error.diagnostics, error.sources)
            return None, f"The theme {visible(self._wish.theme)} has errors, which the terminal tells."
        except FileError as error:
            self._complain(error)
            return None, f"{error.message}."
        self._report(warnings, (source,))
        return theme, ""

    def _sheet(self, given: Input, document: Document | FileError, broken: str) -> Sheet:
        """Return what is shown of a blueprint before its figures are drawn anew: those of before."""
        before = self._sheets.get(given.folder) or Sheet(title_of(Path(given.path).stem), given.path, (), {})
        if isinstance(document, FileError):
            self._complain(document)
            broken = f"{document.message}."
            findings: tuple[Finding, ...] = ()
        else:
            judged = ordered(document.judged(self._wish.profile))
            self._report(judged, document.sources)
            findings = tuple(_finding(each, document) for each in judged)
            if document.broken:
                broken = "The blueprint has errors."
            elif document.blueprint is not None and document.blueprint.title:
                before = before._replace(title=document.blueprint.title)
        if broken:
            broken += " The figures are those of before." if before.pictures else " Figures follow when that is mended."
        return before._replace(findings=findings, broken=broken)

    def _names(self, document: Document) -> list[str]:
        """Return the figures that are wanted and can be drawn; say which cannot."""
        names, lacking = wanted(document, self._wish.figures)
        for name, needs in lacking.items():
            self._say(visible(needs or unknown("figure", name, document.figures())))
        return names

    def _figures(self, given: Input, document: Document, names: list[str], theme: Theme) -> int:
        """Draw and write those figures of a blueprint that are not what they were; return how many."""
        assert document.blueprint is not None  # noqa: S101  others have been sorted out
        paths = paths_of(document.blueprint, names, Path(self._wish.output, given.folder))
        views = {name: document.figure(name, theme=theme) for name in names}
        keys = {name: key_of(view) for name, view in views.items()}
        known = dict(self._sheets[given.folder].pictures)
        new = [name for name in names if name not in known or self._keys.get((given.folder, name)) != keys[name]]
        # What somebody looks at comes first, and does not wait until further processes have been started.
        new.sort(key=lambda name: (given.folder, name) != self._board.watched)
        titles = _titles(document, views)
        with Workers(self._wish.jobs, self._say) as workers, Saver(self._written.append) as saver:
            begun = []
            for at, name in enumerate(new):
                crew = workers if at else Workers()
                view = views[name]
                # The page shows SVG whatever is written; some formats are those of graphs alone.
                formats = ["svg", *(each for each in self._wish.formats if each in view.formats and each != "svg")]
                begun.append((name, crew.begin(made, view, formats, [], SCALE, None, effort=effort(view))))
            for name, task in begun:
                self._progress.step(f"drawing {visible(given.folder)}/{visible(name)}")
                if self._is_old():
                    raise _SupersededError
                done = outcome(task)
                if done.problem is not None:
                    self._say(f"error: figure `{visible(name)}` of {visible(document.name)}: {done.problem}")
                    continue
                files = dict(done.files)
                for end in (f".{format}" for format in self._wish.formats if f".{format}" in files):
                    saver.save(files[end], paths[name].with_name(f"{paths[name].name}{end}"))
                self._keys[given.folder, name] = keys[name]
                known[name] = _picture(views[name], titles[name], files[".svg"])
                self._put(given.folder, names, known)
                self._show("Drawing …", seldom=(given.folder, name) != self._board.watched)
        self._put(given.folder, names, known)
        return len(new)

    def _put(self, folder: str, names: Iterable[str], pictures: Mapping[str, Picture]) -> None:
        shown = {name: pictures[name] for name in names if name in pictures}
        self._sheets = {**self._sheets, folder: self._sheets[folder]._replace(pictures=shown)}

    def _show(self, said: str, seldom: bool = False) -> None:
        if not seldom or time.monotonic() - self._shown > _SHOW:
            self._shown = time.monotonic()
            self._board.show(self._sheets, said)

    def _is_old(self) -> bool:
        """Return whether files have changed since they were read; looked up now and then."""
        if time.monotonic() - self._looked < _LOOK:
            return False
        self._looked = time.monotonic()
        return self._now() != self._seen

    def _report(self, findings: Sequence[Diagnostic], sources: Sequence[Source]) -> None:
        self._progress.pause()
        color, width = console.colored(sys.stdout), console.width(sys.stdout)
        console.out(text.report(findings, sources, color=color, width=width))
        sys.stdout.flush()

    def _names_written(self) -> list[str]:
        if len(self._written) > _NAMED:
            return [f"wrote {len(self._written)} files below {visible(self._wish.output)}"]
        return [f"wrote {visible(str(path))}" for path in self._written]

    def _complain(self, error: FileError) -> None:
        self._say(f"error: {visible(error.message)}", *(f"  = help: {visible(hint)}" for hint in [error.hint] if hint))

    def _say(self, *lines: str) -> None:
        self._progress.pause()
        for line in lines:
            console.out(f"{line}\n")
        sys.stdout.flush()


def _titles(document: Document, views: Mapping[str, FigureView]) -> dict[str, str]:
    """Return what figures are called on the page, without the system; those called alike by their subjects too."""
    system = document.blueprint.title if document.blueprint is not None else ""
    kinds = {entry.name: entry.kind for entry in (*document.contents(), *document.entries)}
    plain: dict[str, str] = {}
    for name, view in views.items():
        title = view.figure.title.removeprefix(f"{system}: ")
        if name in kinds and title in ("", system):
            title = kinds[name].title
        plain[name] = capital(title) or title_of(name)
    often = Counter(plain.values())
    for name, title in plain.items():
        if often[title] > 1:
            kind = kinds.get(name)
            subject = title_of(name.removeprefix(f"{kind.name}_") if kind is not None else name)
            # A lane may be called as another kind of figure is.
            subject = kind.title if kind is not None and subject.lower() == title.lower() else subject
            plain[name] = f"{title}: {subject.lower()}"
    return plain


def _picture(view: FigureView, title: str, svg: bytes) -> Picture:
    return Picture(title, view.figure.description, svg, *size(svg.decode()), sha256(svg).hexdigest()[:20])


def _finding(finding: Diagnostic, document: Document) -> Finding:
    head = f"{finding.code}: {visible(finding.message)}"
    return Finding(finding.severity.name.lower(), head, text.detail(finding, document.sources))
