"""Independent pieces of work → their results, from as many processes as are allowed, and from this one where few do.

Processes are started when there is work for them, not before: as copies of a small server where that is safe (Linux),
else afresh. They write nothing and print nothing, so that they may be ended at any moment; they end by themselves as
soon as the process that started them is gone, however it went.
"""

from __future__ import annotations

import os
import sys
import time
from _thread import interrupt_main
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from archkit.garbage import seldom

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

VARIABLE = "ARCHKIT_JOBS"
"""Environment variable that says how many processes work at once where nobody else does."""

METHOD = "forkserver" if sys.platform == "linux" else "spawn"
"""How processes are started. Never by a plain fork, which copies locks that threads of this process may hold."""

_ENOUGH = 20.0  # effort for which it pays to start processes, in figures of the simplest kind
_MOST = 61 if sys.platform == "win32" else 256  # Windows waits for no more at once
_GRACE = 3.0  # seconds in which a process ends by itself
_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_LOADED = ["archkit.view", "archkit.render.svg", "archkit.render.png", "archkit.layout.pictures", "archkit.figures"]

# No semaphores, as in some sandboxes; no more processes for this user; the process that starts them was ended.
_UNSTARTED = (OSError, ImportError, EOFError)

Result = TypeVar("Result")
Tell = Callable[[str], None]
"""Is told, in a sentence, what keeps work from being done as asked."""


class WorkerDiedError(Exception):
    """The process that did a piece of work ended in its midst, when nothing else was going on; the message says so."""


def available() -> int:
    """Return how many processes can compute at once: as many as this one may use processors, 1 at least.

    What a container grants in shares of time is told by no count of processors; on Linux it is read where it stands
    (``cpu.max`` of cgroup v2).
    """
    counted = getattr(os, "process_cpu_count", None)  # of Python 3.13
    if counted is not None:
        count = counted() or 1
    elif hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = _QUOTA.read_text("ascii").split()
        count = min(count, -(-int(quota) // int(period)))  # ValueError where it says `max`
    return max(1, count)


def usual() -> int:
    """Return how many processes work where nobody says it: what ``ARCHKIT_JOBS`` says, else all processors."""
    said = os.environ.get(VARIABLE, "")
    return int(said) if said.isdecimal() and int(said) else available()


class Task(Generic[Result]):
    """A piece of work that has been begun, or will be when its result is asked for."""

    def __init__(self, workers: Workers, function: Callable[..., Result], arguments: tuple[Any, ...]) -> None:
        self._workers, self.function, self.arguments = workers, function, arguments
        self.future: Future[Result] | None = None

    def result(self) -> Result:
        """Return the result, and wait for it where need be. It is to be asked for once.

        Raises:
            WorkerDiedError: The process that worked on it died; only on this one, the others are not lost.
            Exception: Whatever the work raises.
        """
        return self._workers.finish(self)


class Workers:
    """Processes that work on tasks. To be used in a ``with`` statement, at whose end none of them is left.

    Args:
        jobs: How many work at once; with 1, work is done in this process when its result is asked for.
        tell: Is told when a process died and work goes on without it.
    """

    def __init__(self, jobs: int = 1, tell: Tell = lambda message: None) -> None:
        self.jobs = max(1, min(jobs, _MOST))
        self._tell = tell
        self._pool: ProcessPoolExecutor | None = None
        self._end: Connection | None = None  # when it is closed, the processes end
        self._waiting: deque[Task[Any]] = deque()
        self._effort = 0.0
        self._alone = self.jobs == 1  # whether only one task is worked on at once
        self._failed = False  # whether a process died: no task is done in this one any more, which might die too

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def begin(self, function: Callable[..., Result], *arguments: Any, effort: float = 1.0) -> Task[Result]:
        """Begin a piece of work, or note it until there is enough for processes to be started.

        Args:
            function: Of a module, so that other processes find it; it uses nothing but its arguments.
            arguments: Its arguments; they and the result travel between processes.
            effort: How long it takes, as a multiple of the simplest figure.
        """
        task = Task(self, function, arguments)
        if self._alone:
            return task
        self._waiting.append(task)
        self._effort += effort
        if self._pool is not None or (self._effort >= _ENOUGH and len(self._waiting) > 1):
            self._hand_over()
        return task

    def finish(self, task: Task[Result]) -> Result:
        """Return the result of a task, see ``Task.result``."""
        if task.future is None:
            with suppress(ValueError):
                self._waiting.remove(task)
            return self._by_itself(task) if self._failed else task.function(*task.arguments)
        from concurrent.futures.process import BrokenProcessPool

        try:
            return task.future.result()
        except BrokenProcessPool:
            self._go_on_alone()
            return self._by_itself(task)
        finally:
            task.future = None  # with it goes the result

    def _hand_over(self) -> None:
        """Give what waits to processes; where none can be started, all work stays here."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            pool = self._pool or self._start(self.jobs)
            while self._waiting:
                self._waiting[0].future = _given(pool, self._waiting[0])
                self._waiting.popleft()
        except BrokenProcessPool:
            self._go_on_alone()
        except _UNSTARTED as error:
            self._alone = True
            self._tell(f"no further processes can be started ({error}); one draws everything")

    def _go_on_alone(self) -> None:
        """Do one task at a time from now on, since a process died: several at once may have been too many."""
        if not self._failed:
            self._failed = self._alone = True
            self._stop()
            self._tell(
                "a process that draws ended before it was done, as happens where memory runs out; "
                "what it drew is drawn anew, one figure at a time"
            )

    def _by_itself(self, task: Task[Result]) -> Result:
        """Return the result of a task from a process that does nothing else meanwhile."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            future = _given(self._pool or self._start(1), task)
        except _UNSTARTED:
            return task.function(*task.arguments)
        try:
            return future.result()
        except BrokenProcessPool:
            self._stop()
            raise WorkerDiedError(
                "the process that draws it ended before it was done, as happens where memory runs out"
            ) from None

    def _start(self, count: int) -> ProcessPoolExecutor:
        # Loaded here because most runs need one process alone.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context(METHOD)
        if METHOD == "forkserver":
            context.set_forkserver_preload(_LOADED)  # once for all, and not the program that runs here
        ending, self._end = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(count, context, _prepare, (ending,))
        return self._pool

    def _stop(self) -> None:
        """End all processes, whatever they do, and wait for that."""
        pool, end = self._pool, self._end
        self._pool = self._end = None
        if end is not None:
            end.close()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


class _EndedError(BaseException):
    """Work is not wanted any more. It is nothing that the work itself may handle."""


class _Life:
    """What a process that works knows of the one that started it.

    It is not ended while it sends a result: whoever reads one half would wait for the other forever.
    """

    def __init__(self) -> None:
        self._ended = self._busy = False

    def work(self, function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        """Do a piece of work, unless the end has come."""
        self._busy = True
        try:
            if self._ended:
                raise _EndedError
            return function(*arguments)
        finally:
            self._busy = False

    def interrupt(self, *_: object) -> None:
        """Handle an interrupt: one of the terminal's is meant for another process."""
        if self._ended and self._busy:
            self._busy = False
            raise _EndedError

    def end_with(self, ending: Connection) -> None:
        """Wait for the other end of a pipe to be closed, which the system does where a process dies; then end."""
        with suppress(EOFError, OSError):
            ending.recv_bytes()
        self._ended = True
        interrupt_main()
        time.sleep(_GRACE)
        os._exit(1)


_LIFE = _Life()


def _prepare(ending: Connection) -> None:
    """Make a new process ready: it leaves Ctrl-C to the one that started it, and ends with it."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, _LIFE.interrupt)
    seldom()
    Thread(target=_LIFE.end_with, args=(ending,), daemon=True).start()


def _work(function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    return _LIFE.work(function, arguments)


def _given(pool: ProcessPoolExecutor, task: Task[Result]) -> Future[Result]:
    """Give a task to a pool, which starts its processes as they are needed."""
    with _held_interrupt(), _hidden_program():
        return pool.submit(_work, task.function, task.arguments)


@contextmanager
def _held_interrupt() -> Iterator[None]:
    """Keep Ctrl-C from processes that are not ready for it; here it is seen at the end."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _hidden_program() -> Iterator[None]:
    """Keep new processes from loading the program that runs here: it would run again where it is a bare script."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program
