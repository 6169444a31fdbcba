"""The same blueprint gives the same bytes: whatever the hash seed, working folder, time zone and language."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from reproduce import unlike

import archkit

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "archkit" / "data" / "examples").glob("*.yaml"))
SHIPPED = ROOT / "blueprints" / "video-recommendation.yaml"
CASES = [ROOT / "tests" / "data" / "systems" / f"{name}.yaml" for name in ("nested-groups", "unicode", "forty")]

BROKEN = """\
blueprint: 1
titel: Wörter, die es nicht gibt
architecture:
  lanes: {data: {lake: dat_lake, store: {type: data_lake, tec: x}}}
  flows: [lake -> stor, lake => store, '-> lake']
figures: [sistem, a, b]
"""


def test_files_are_the_same_everywhere(tmp_path: Path) -> None:
    command = ["-m", "archkit", "render", *map(str, CASES), "-o", "out", "--theme", "dark", "--timeout", "600"]
    assert unlike(command, tmp_path) == []


def test_pictures_are_the_same_everywhere(tmp_path: Path) -> None:
    command = ["-m", "archkit", "render", str(SHIPPED), "-f", "svg,png", "-o", "out", "--scale", "1"]
    assert unlike([*command, "--figure", "system", "--timeout", "600"], tmp_path) == []


@pytest.mark.parametrize("path", [*EXAMPLES, *CASES, SHIPPED], ids=lambda path: path.stem)
def test_numbers_are_the_same_in_every_python(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Python 3.12 on, ``sum`` adds floats more exactly than before; ``math.fsum`` does so everywhere."""
    add = builtins.sum

    def strict(items: Iterable[Any], /, start: Any = 0) -> Any:
        parts = [start, *items]
        assert not any(isinstance(part, float) for part in parts), "floats are added up with `math.fsum`"
        return add(parts[1:], start)

    monkeypatch.setattr(builtins, "sum", strict)
    document = archkit.load(path)
    assert document.blueprint is not None
    for name in document.figures():
        assert document.figure(name, theme="whiteboard", timeout=600.0).svg


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_findings_are_the_same_everywhere(tmp_path: Path, form: str) -> None:
    (tmp_path / "bad.yaml").write_text(BROKEN, "utf-8")
    command = ["-m", "archkit", "validate", "--exit-zero", "--format", form, str(tmp_path / "bad.yaml")]
    assert unlike(command, tmp_path / "runs", output=True) == []
