"""Commands → median times and peak memory, taken in turns so that all of them meet the same machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    """What one or the median run of a command cost.

    Args:
        seconds: From start to end, as a wall clock tells.
        megabytes: The largest resident set of the process; 0 where the system does not say.
    """

    seconds: float
    megabytes: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command once.

    Raises:
        RuntimeError: It failed; with what it said.
    """
    started = time.perf_counter()
    with (folder / "said.txt").open("w+b") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        if hasattr(os, "wait4"):
            # The children of a process share one counter in the resource module, but not in this call
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = code = os.waitstatus_to_exitcode(status)
            memory = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        else:
            code, memory = process.wait(), 0.0
        seconds = time.perf_counter() - started
        if code not in (0, 1):  # 1: findings in a blueprint
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {code}:\n{said.read().decode(errors='replace')}")
    return Run(seconds, memory)


def in_turns(commands: Mapping[str, Sequence[str]], folder: Path, runs: int) -> dict[str, Run]:
    """Run each command once unseen, then all of them in turns; return the medians of time and the largest memory."""
    for command in commands.values():
        run(command, folder)
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(run(command, folder))
    return {
        name: Run(median(one.seconds for one in many), max(one.megabytes for one in many))
        for name, many in found.items()
    }


def warm(steps: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Call functions in turns in this process; return the median seconds of each, the first calls left out."""
    for step in steps.values():
        step()
    found: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(runs):
        for name, step in steps.items():
            started = time.perf_counter()
            step()
            found[name].append(time.perf_counter() - started)
    return {name: median(many) for name, many in found.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows of text as an aligned Markdown table; columns but the first stand at the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        return f"| {' | '.join(cells)} |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([line(head), line(rule), *map(line, rows)])
