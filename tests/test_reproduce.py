"""The comparison of runs in unlike surroundings notices what a program picks up from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from reproduce import SAID, unlike

WRITE = "from pathlib import Path; Path('out.txt').write_text({}, 'utf-8')"


def test_a_program_that_always_writes_the_same_passes(tmp_path: Path) -> None:
    assert unlike(["-c", WRITE.format("'same'")], tmp_path) == []


@pytest.mark.parametrize(
    "picked_up",
    [
        "''.join({'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'})",
        "str(Path.cwd())",
        "__import__('time').strftime('%Z')",
        "__import__('os').environ['LANG']",
    ],
)
def test_what_hangs_on_the_surroundings_is_told(tmp_path: Path, picked_up: str) -> None:
    assert unlike(["-c", WRITE.format(picked_up)], tmp_path) == ["out.txt"]


def test_a_file_that_is_written_only_sometimes_is_told(tmp_path: Path) -> None:
    sometimes = "import os; os.environ['PYTHONHASHSEED'] == '1' and open('more.txt', 'w').close()"
    assert unlike(["-c", f"{WRITE.format('str()')}; {sometimes}"], tmp_path) == ["more.txt"]


def test_output_is_compared_where_asked_for(tmp_path: Path) -> None:
    say = ["-c", "import os; print(os.environ['PYTHONHASHSEED']); open('a', 'w').close()"]
    assert unlike(say, tmp_path / "a") == []
    assert unlike(say, tmp_path / "b", output=True) == [SAID]


def test_a_program_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="it broke"):
        unlike(["-c", "raise SystemExit('it broke')"], tmp_path)
