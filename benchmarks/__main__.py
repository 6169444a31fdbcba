"""``python -m benchmarks [PART…] [--runs N]`` prints how fast, small and clear archkit is, as ratios in one run.

Parts: ``cold`` (whole processes against an interpreter that imports the two libraries every command needs), ``warm``
(stages in one process), ``peers`` (whole processes against Graphviz and diagrams), ``clarity`` (crossings, bends and
ink against Graphviz) and ``imports`` (where starting spends its time). Without a part, all of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import parts


def main(arguments: list[str]) -> None:
    """Print the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(parts.PARTS)}")
    parser.add_argument("--runs", type=int, default=15, help="how often each command runs (default 15)")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(parts.PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(parts.PARTS)}")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.parts or parts.PARTS:
            print(f"## {name}\n\n{parts.PARTS[name](Path(folder), options.runs)}\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
