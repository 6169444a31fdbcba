"""``python -m benchmarks [PART…] [--runs N]`` prints how fast, small and clear archkit is, as ratios in one run.

Parts: ``cold`` (whole processes against an interpreter that imports the two libraries every command needs), ``warm``
(stages in one process), ``peers`` (whole processes against Graphviz and diagrams), ``clarity`` (crossings, bends and
ink against Graphviz) and ``imports`` (where starting spends its time). Without a part, all of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

PARTS = {
    "cold": "benchmarks.processes:cold",
    "warm": "benchmarks.stages:warm_stages",
    "peers": "benchmarks.processes:peers",
    "clarity": "benchmarks.stages:clarity",
    "imports": "benchmarks.processes:imports",
}


def part(name: str) -> Callable[[Path, int], str]:
    """Return the function of a part; its module is imported now, so that the others stay out of this process."""
    module, _, function = PARTS[name].partition(":")
    found: Callable[[Path, int], str] = getattr(import_module(module), function)
    return found


def main(arguments: list[str]) -> None:
    """Print the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, default=15, help="how often each command runs (default 15)")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as folder:
        # Whole processes first: afterwards this one is larger, which its children's memory would show
        for name in sorted(options.parts or PARTS, key=lambda name: "stages" in PARTS[name]):
            print(f"## {name}\n\n{part(name)(Path(folder), options.runs)}\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
