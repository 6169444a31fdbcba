"""Contents of files → the disk, several at once, and told in the order in which they came.

A file that is to last through a power cut keeps whoever writes it waiting for the disk, a quarter of the time that
drawing takes; several that wait together wait once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archkit import files

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_FEW = 4  # for which threads do not pay
_AT_ONCE = 8


class Saver:
    """Writes files. To be used in a ``with`` statement, at whose end each is written whole, or not at all.

    Args:
        told: Is told of each file that has been written.
    """

    def __init__(self, told: Callable[[Path], None]) -> None:
        self._told = told
        self._count = 0
        self._pool: ThreadPoolExecutor | None = None
        self._pending: deque[tuple[Path, Future[None]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.settle()
        finally:
            if self._pool is not None:
                self._pool.shutdown(wait=True, cancel_futures=True)

    def save(self, data: bytes, path: Path) -> None:
        """Write a file now, or soon.

        Args:
            data: What to write.
            path: Where to.

        Raises:
            FileError: This file, or one before it, cannot be written.
        """
        self._count += 1
        if self._count <= _FEW:
            files.write(path, data)
            self._told(path)
            return
        if self._pool is None:
            # Loaded here because a figure alone needs no threads.
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._pending.append((path, self._pool.submit(files.write, path, data)))
        while len(self._pending) > _AT_ONCE:
            self._oldest()

    def settle(self) -> None:
        """Wait until all files are written.

        Raises:
            FileError: One cannot be written.
        """
        while self._pending:
            self._oldest()

    def _oldest(self) -> None:
        path, written = self._pending.popleft()
        written.result()
        self._told(path)
