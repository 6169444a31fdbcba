"""What the page shows now → JSON and pictures, for any number of readers that wait for the next change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from threading import Condition

from archkit.live import Picture, Sheet


class Board:
    """The newest sheets. What is put on it at once is seen at once; readers never see one half."""

    def __init__(self) -> None:
        self._change = Condition()
        self._number = 0
        self._closed = False
        self._watched = ("", "")
        self._state = b"{}"
        self._pictures: dict[str, bytes] = {}
        self._newest: dict[str, bytes] = {}
        self.show({}, "")

    def show(self, sheets: Mapping[str, Sheet], said: str) -> None:
        """Show these sheets from now on.

        Args:
            sheets: By the name of their folder, in their order.
            said: A sentence about what was done last.
        """
        pictures = {one.mark: one.svg for sheet in sheets.values() for one in sheet.pictures.values()}
        with self._change:
            if self._closed:
                return
            self._number += 1
            told = {"number": self._number, "said": said, "sheets": [_told(*each) for each in sheets.items()]}
            self._state = json.dumps(told).encode()
            # A page that has just been told of the pictures before these may still ask for them.
            self._pictures = {**self._newest, **pictures}
            self._newest = pictures
            self._change.notify_all()

    @property
    def watched(self) -> tuple[str, str]:
        """Folder and name of the figure that a reader looked at last; empty texts where nobody looks."""
        with self._change:
            return self._watched

    def watch(self, folder: str, name: str) -> None:
        """Note which figure a reader looks at.

        Args:
            folder: Of the blueprint.
            name: Of the figure.
        """
        with self._change:
            self._watched = folder, name

    @property
    def state(self) -> bytes:
        """All that is shown, as JSON; pictures by their marks."""
        with self._change:
            return self._state

    def picture(self, mark: str) -> bytes | None:
        """Return the SVG file of a mark, None where it is shown no more."""
        with self._change:
            return self._pictures.get(mark)

    def wait(self, number: int, seconds: float) -> int | None:
        """Wait until something else is shown than what has a number.

        Args:
            number: Of the state that is known.
            seconds: How long to wait at most.

        Returns:
            The number of what is shown then; the same where nothing happened for so long; None where nothing will.
        """
        with self._change:
            self._change.wait_for(lambda: self._closed or self._number != number, seconds)
            return None if self._closed else self._number

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._change:
            self._closed = True
            self._change.notify_all()


def _told(folder: str, sheet: Sheet) -> dict[str, object]:
    figures = [_figure(*each) for each in sheet.pictures.items()]
    findings = [finding._asdict() for finding in sheet.findings]
    words = {"title": sheet.title, "file": sheet.file, "broken": sheet.broken}
    return {"folder": folder, **words, "findings": findings, "figures": figures}


def _figure(name: str, picture: Picture) -> dict[str, object]:
    size = {"width": round(picture.width), "height": round(picture.height)}
    words = {"title": picture.title, "description": picture.description}
    return {"name": name, **words, "mark": picture.mark, **size}
