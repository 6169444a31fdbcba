"""Whole processes, fresh: archkit beside an interpreter with its two libraries, and beside other tools.

Nothing of archkit is imported here: a child's peak memory is never told below that of the process that started it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks import systems
from benchmarks.timing import Run, in_turns, table

SHIPPED = Path(__file__).parent.parent / "blueprints" / "video-recommendation.yaml"
BASE = "python -c 'import typer, yaml'"
MEMORY = "≤ 300 MB"


def _archkit(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "archkit", *arguments]


def _drawing(count: int, format: str) -> list[str]:
    size = ("--scale", "1") if format == "png" else ()
    return _archkit("render", f"sys-{count}.yaml", "--figure", "system", "-f", format, "-o", "out", *size)


def cold(folder: Path, runs: int) -> str:
    """Compare whole processes with an interpreter that imports what every command needs."""
    for count, name in ((110, "300-lines"), (10_000, "10000")):
        (folder / f"{name}.yaml").write_text(systems.blueprint(count), "utf-8")
    systems.write(folder, (23,), ("yaml",))
    commands = {
        BASE: [sys.executable, "-c", "import typer, yaml"],
        "archkit --version": _archkit("--version"),
        "archkit validate, 300 lines": _archkit("validate", "300-lines.yaml"),
        f"archkit validate, {SHIPPED.stem}": _archkit("validate", str(SHIPPED)),
        "archkit render to SVG, 23 components": _drawing(23, "svg"),
        "archkit render to PNG, 23 components": _drawing(23, "png"),
    }
    found = in_turns(commands, folder, runs)
    large = {"archkit validate, 10,000 components": _archkit("validate", "10000.yaml")}
    found |= in_turns(large, folder, max(3, runs // 5))
    targets = {
        "archkit validate, 300 lines": "≤ 2.0 ×",
        "archkit render to SVG, 23 components": "≤ 3.0 ×",
        "archkit validate, 10,000 components": "≤ 1.0 s",
    }
    head = ("command", "median", "ratio", "target", "peak memory", "target")
    return table(head, [_cold_row(name, one, found[BASE], targets.get(name, "")) for name, one in found.items()])


def _cold_row(name: str, one: Run, base: Run, target: str) -> tuple[str, ...]:
    ratio = f"{one.seconds / base.seconds:.2f} ×"
    limit = MEMORY if name.startswith("archkit") else ""
    return name, f"{one.seconds * 1000:.0f} ms", ratio, target, f"{one.megabytes:.0f} MB", limit


def peers(folder: Path, runs: int) -> str:
    """Compare whole processes with those of other tools on the same systems."""
    systems.write(folder)
    rows: list[tuple[str, ...]] = []
    for count in systems.COUNTS:
        for format in ("svg", "png"):
            commands = {"archkit": _drawing(count, format)}
            if shutil.which("dot"):
                commands["dot"] = ["dot", f"-T{format}", f"sys-{count}.dot", "-o", f"dot-{count}.{format}"]
                if find_spec("diagrams"):
                    commands["diagrams"] = [sys.executable, f"sys-{count}.py", format, f"diagrams-{count}"]
            found = in_turns(commands, folder, max(3, runs // 3 if count < 100 else runs // 5))
            for name, one in found.items():
                ratio = f"{one.seconds / found['archkit'].seconds:.2f} ×"
                row = (f"{name}, {count} components to {format.upper()}", f"{one.seconds * 1000:.0f} ms", ratio)
                rows.append((*row, f"{one.megabytes:.0f} MB"))
    note = "" if shutil.which("dot") else "\n\nGraphviz is not on PATH; there is nothing to compare with."
    return table(("command", "median", "ratio to archkit", "peak memory"), rows) + note


def imports(folder: Path, runs: int) -> str:
    """List what starting spends its time on, by the interpreter's own account of imports."""
    systems.write(folder, (23,), ("yaml",))
    command = [sys.executable, "-X", "importtime", "-m", "archkit", "render", "sys-23.yaml", "--no-cache", "-o", "out"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    found = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \| (.*)", done.stderr)
    own = sorted(((int(alone), int(whole), name.strip()) for alone, whole, name in found), reverse=True)[:25]
    rows = [(name, f"{alone / 1000:.1f} ms", f"{whole / 1000:.1f} ms") for alone, whole, name in own]
    rows.append(("all", f"{sum(int(alone) for alone, _, _ in found) / 1000:.1f} ms", ""))
    return table(("module", "alone", "with what it imports"), rows)
