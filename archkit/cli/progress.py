"""Long work → a line on the terminal that says what is being done."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from archkit.cli import console

_PATIENCE = 1.0  # seconds before anything is shown
_PULSE = 0.2


class Progress:
    """A line on standard error that is drawn over, where that is a terminal and the work takes longer than a second."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._doing = ""
        self._shown = False
        self._done = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._watch, daemon=True) if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._thread:
            self._thread.join()

    def step(self, doing: str) -> None:
        """Say what is being done from now on."""
        self._doing = doing

    def pause(self) -> None:
        """Make room for other output."""
        with self._lock:
            self._erase()

    def warn(self, message: str) -> None:
        """Print a warning about the work."""
        self.pause()
        console.problem(message, label="warning")

    def _watch(self) -> None:
        wait = _PATIENCE
        while not self._done.wait(wait):
            wait = _PULSE
            if not self._doing:
                continue
            with self._lock:
                text = f"{self._doing} … {monotonic() - self._began:.0f} s"
                sys.stderr.write(f"\r{text[: min(78, get_terminal_size().columns - 1)]}\x1b[K")
                sys.stderr.flush()
                self._shown = True
        self.pause()

    def _erase(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
