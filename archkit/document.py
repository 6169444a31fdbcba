"""Blueprint text → Document: everything found in it, and every figure that it yields."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archkit import files, technologies
from archkit.diagnostics import Diagnostic, Severity
from archkit.filenames import safe_name
from archkit.parse import parse
from archkit.report import ordered
from archkit.reported import BlueprintError, Readable
from archkit.source import Source
from archkit.suggest import unknown
from archkit.yamltree import MAX_BYTES, Node, decode

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.contents import Entry
    from archkit.include import ReadFile
    from archkit.rules import Profile
    from archkit.theme import Theme
    from archkit.view import FigureView


@dataclass(frozen=True, eq=False, repr=False)
class Document(Readable):
    """A blueprint that has been read.

    Args:
        name: Its path as given, or ``<stdin>``.
        blueprint: What could be read of it; None only where the text holds no keys and values at all.
        sources: Its text and those of the files that it includes; spans refer to them by number.
        language: What is wrong with it as a text of the language, in the order of files and positions.
        tree: The text as a tree, parts that are included merged into it; None where it could not be read.
    """

    name: str
    blueprint: Blueprint | None
    sources: tuple[Source, ...]
    language: tuple[Diagnostic, ...]
    tree: Node | None

    @property
    def broken(self) -> bool:
        """Whether errors of the language keep its figures from being drawn."""
        return self.blueprint is None or any(finding.severity is Severity.ERROR for finding in self.language)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that was found, graver findings first, without those that a waiver accepts.

        The design is judged as strictly as suits what is written: a picture alone as a sketch.
        """
        return self.judged()

    @cached_property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the text and its figures, whatever one may think of the design; graver findings first."""
        if self.blueprint is None:
            return tuple(ordered(self.language))
        found = [*self._of_figures(), *self._of_letters(), *technologies.check(self.blueprint.components.values())]
        waivers = self.blueprint.waivers
        kept = [f for f in found if not any(waiver.code == f.code and waiver.covers(f.span) for waiver in waivers)]
        return tuple(ordered([*self.language, *kept]))

    def judged(self, profile: Profile | None = None) -> tuple[Diagnostic, ...]:
        """Return everything that is found under a profile.

        Args:
            profile: How strictly the design is judged: ``sketch``, ``interview`` or ``production``; as suits what is
                written where None.

        Returns:
            The problems of the text and its figures and what the rules find, graver findings first.
        """
        found = self._judgements.get(profile)
        if found is None:
            found = self._judgements[profile] = tuple(ordered([*self.problems, *self._of_rules(profile)]))
        return found

    @cached_property
    def _judgements(self) -> dict[Profile | None, tuple[Diagnostic, ...]]:
        return {}

    def validate(self) -> Document:
        """Return the document itself.

        Raises:
            BlueprintError: It has errors.
        """
        if any(finding.severity is Severity.ERROR for finding in self.diagnostics):
            raise BlueprintError(self.diagnostics, self.sources)
        return self

    def figures(self) -> tuple[str, ...]:
        """Return the names of the figures that can be drawn: those it lists, or all that apply where it lists none."""
        return tuple(entry.name for entry in self.entries)

    def contents(self) -> list[Entry]:
        """Return the figures that it lists and all other kinds, whether they can be drawn or not."""
        return list(self._contents)

    @cached_property
    def _contents(self) -> tuple[Entry, ...]:
        from archkit import contents

        return tuple(contents.everything(self.blueprint)) if self.blueprint is not None else ()

    def missing(self, name: str) -> list[str] | None:
        """Return what the blueprint lacks for a figure, in words.

        Args:
            name: A figure that the blueprint lists, a kind, or a thing that has a figure of its own.

        Returns:
            An empty list where it can be drawn, None where there is no such figure.
        """
        found = self._find(name)
        if any(not entry.missing() for entry in found):
            return []
        return found[0].missing() if found else None

    def named(self, name: str) -> tuple[str, ...]:
        """Return the names of the figures that can be drawn and that a name stands for; a kind may have several."""
        return tuple(entry.name for entry in self._find(name) if not entry.missing())

    def figure(
        self,
        name: str,
        *,
        theme: str | os.PathLike[str] | Theme = "book",
        engine: str = "builtin",
        timeout: float = 20.0,
        page: str = "",
        transparent: bool = False,
        adaptive: bool = False,
    ) -> FigureView:
        """Return a figure, which shows itself in a notebook.

        Args:
            name: One of ``figures()``, or any kind of figure that the blueprint has the data for.
            theme: Its colours, type sizes and strokes: the name of a built-in theme, the path of a file, or a Theme.
            engine: ``builtin``, or ``dot`` for a Graphviz on the search path.
            timeout: Seconds after which layout becomes simpler.
            page: What it stands on: ``a4``, ``letter``, ``16:9`` or ``og-card``; empty for its own size.
            transparent: Whether nothing is painted behind it.
            adaptive: Whether its SVG follows the reader's choice of light or dark.

        Raises:
            BlueprintError: The blueprint has errors of the language.
            ThemeError: The theme's file has errors.
            LookupError: There is no such figure, theme or page, or the blueprint lacks its data; the message says what.
            LayoutError: The figure cannot be laid out.
        """
        # Loaded here because checking a blueprint needs no themes.
        from archkit.looks import finished, look
        from archkit.view import FigureView

        found, finish = look(theme), finished(page, transparent, adaptive)
        entry = self._entry(name)
        return FigureView(entry.name, safe_name(Path(self.name).stem), entry.plan(), found, engine, timeout, finish)

    def render(
        self,
        name: str,
        path: str | os.PathLike[str],
        *,
        theme: str | os.PathLike[str] | Theme = "book",
        scale: float = 1.5,
        width: int | None = None,
        engine: str = "builtin",
        timeout: float = 20.0,
        page: str = "",
        transparent: bool = False,
        adaptive: bool = False,
    ) -> Path:
        """Write a figure to a file, whole or not at all.

        Args:
            name: As for ``figure``.
            path: Where; its suffix names the format, such as ``.svg`` or ``.drawio``.
            theme: As for ``figure``.
            scale: Pixels of a PNG for one pixel of the figure.
            width: Pixels of a PNG from side to side, in place of a scale.
            engine: As for ``figure``.
            timeout: As for ``figure``.
            page: As for ``figure``.
            transparent: As for ``figure``.
            adaptive: As for ``figure``.

        Returns:
            The path.

        Raises:
            ValueError: The suffix names no format that the figure has, or the scale makes no picture.
            MissingPackageError: The format needs a package that is not installed; the message says which.
            FileError: The file cannot be written.
            BlueprintError, ThemeError, LookupError, LayoutError: As for ``figure``.
        """
        view = self.figure(
            name,
            theme=theme,
            engine=engine,
            timeout=timeout,
            page=page,
            transparent=transparent,
            adaptive=adaptive,
        )
        files.write(path, view.encode(Path(path).suffix.lstrip(".").lower(), scale, width))
        return Path(path)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The figures that can be drawn."""
        # Loaded here because a blueprint that lists no figures can be checked without any kind of figure.
        from archkit import contents

        return contents.drawable(self.blueprint) if self.blueprint is not None else ()

    def _entry(self, name: str) -> Entry:
        """Return what a figure is planned from.

        Raises:
            BlueprintError, LookupError: As for ``figure``.
        """
        if self.blueprint is None or self.broken:
            raise BlueprintError(self.problems, self.sources)
        found = self._find(name)
        if not found:
            raise LookupError(unknown("figure", name, self.figures()))
        drawn = next((entry for entry in found if not entry.missing()), None)
        if drawn is None:
            needed = "; ".join(found[0].missing())
            raise LookupError(f"the figure `{name}` cannot be drawn from {self.name}: it needs {needed}")
        return drawn

    def _find(self, name: str) -> tuple[Entry, ...]:
        from archkit import contents

        if self.blueprint is None:
            return ()
        if name not in self._by_name:
            self._by_name[name] = contents.find(self.blueprint, name, lambda: self.entries, self.contents)
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, tuple[Entry, ...]]:
        return {}

    def _of_rules(self, profile: Profile | None) -> list[Diagnostic]:
        if self.blueprint is None:
            return []
        # Loaded here because drawing a blueprint needs no rules.
        from archkit import rules

        errors = [f.span for f in self.language if f.severity is Severity.ERROR and f.span is not None]
        found = rules.run(self.blueprint, profile, errors)
        if not any(finding.code == "WVR02" for finding in found):
            return found
        # Loaded here because few blueprints waive what is found in their figures.
        from archkit import contents, lettering

        others = contents.CODES.keys() | lettering.CODES.keys() | technologies.CODES.keys()
        waived = {waiver.span for waiver in self.blueprint.waivers if waiver.code in others}
        return [finding for finding in found if finding.code != "WVR02" or finding.span not in waived]

    def _of_figures(self) -> list[Diagnostic]:
        if self.blueprint is None or not self.blueprint.figures:
            return []
        from archkit import contents

        return contents.check(self.blueprint, self.language)

    def _of_letters(self) -> list[Diagnostic]:
        # A broken blueprint is not drawn, and its figures could not be planned.
        if self.broken or self.tree is None or all(source.text.isascii() for source in self.sources):
            return []
        # Loaded here because most blueprints are written in letters that every typeface has.
        from archkit import lettering

        if not lettering.doubtful(self.tree):
            return []
        return lettering.check((entry.plan() for entry in self.entries), self.tree, self.sources)


def load(path: str | os.PathLike[str]) -> Document:
    """Read a blueprint from a file.

    Args:
        path: Of the file. Files that it includes are looked for below its folder.

    Returns:
        The document. Whatever the file says, nothing is raised: see ``Document.diagnostics``.

    Raises:
        FileError: There is no such file, or it may not be read. It is an OSError.
    """
    return _document(files.read(path, MAX_BYTES + 1), os.fspath(path), Path(path).parent)


def loads(text: str | bytes, name: str = "<text>", folder: str | os.PathLike[str] | None = None) -> Document:
    """Read a blueprint from a text.

    Args:
        text: The blueprint; bytes are decoded as those of a file are.
        name: What messages call it.
        folder: Where files that it includes are looked for; without one it may include nothing.

    Returns:
        The document; nothing is raised, whatever the text says.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _document(data, name, Path(folder) if folder is not None else None)


def recall(path: str | os.PathLike[str], revision: str) -> Document:
    """Read a blueprint as it was in a revision of its git repository, with the files that it included then.

    Args:
        path: Of the file.
        revision: As git names it: ``HEAD~2``, a branch, a tag, a hash.

    Raises:
        FileError: There is no such file, revision or repository, or no git.
    """
    # Loaded here because few look back.
    from archkit import revisions

    data = revisions.read(path, revision, MAX_BYTES + 1)
    name = f"{revision}:{os.fspath(path)}"
    return _document(data, name, Path(path).parent, lambda part: revisions.read(part, revision, MAX_BYTES + 1))


def _document(data: bytes, name: str, folder: Path | None, read_file: ReadFile | None = None) -> Document:
    source, undecodable = decode(data, name)
    if undecodable and b"\0" in data:
        # A picture or an archive: every byte of it would be an error.
        return Document(name, None, (source,), tuple(undecodable), None)
    result = parse(source, read_file=read_file or _part, base=folder, on_disk=read_file is None)
    return Document(name, result.blueprint, result.sources, (*undecodable, *result.diagnostics), result.tree)


def _part(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
