"""``python -m benchmarks.proof BLUEPRINT…`` prints the measures and every flaw of each figure of some blueprints.

It ends with 1 where there is a flaw.
"""

from __future__ import annotations

import sys

import archkit
from archkit.proof import check, check_svg, measure
from benchmarks.timing import table

HEAD = ("figure", "nodes", "arrows", "crossings", "bends", "ink", "width : height", "smallest print", "flaws")


def main(paths: list[str]) -> int:
    """Print the table and the flaws; return how the process ends."""
    rows: list[tuple[str, ...]] = []
    told: list[str] = []
    for path in paths:
        document = archkit.load(path)
        for name in () if document.broken else document.figures():
            view = document.figure(name, timeout=600.0)
            flaws = [*check(view.drawing, view.theme, view.figure), *check_svg(view.svg)]
            found = measure(view.drawing)
            told += (f"{view.blueprint}/{name}: {flaw}" for flaw in flaws)
            numbers = f"{found.nodes}", f"{found.arrows}", f"{found.crossings}", f"{found.bends:.0f}"
            page = f"{found.relative_ink:.0f}", f"{found.aspect:.2f}", f"{found.print_size:.2f} pt", f"{len(flaws)}"
            rows.append((f"{view.blueprint}/{name}", *numbers, *page))
    print(table(HEAD, rows))
    print("".join(f"\n{flaw}" for flaw in told))
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
