"""The cache: gives back what was kept, is safe to delete, to damage and to share, and never fails."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from archkit import cache
from archkit.cache import Cache
from archkit.cli import main
from archkit.view import FigureView


@dataclass(frozen=True)
class Thing:
    name: str
    parts: tuple[object, ...] = ()


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    store = Cache(tmp_path / "deep" / "er")
    assert store.get("ab12") is None
    store.put("ab12", b"bytes")
    assert store.get("ab12") == b"bytes"
    assert Cache(tmp_path / "deep" / "er").get("ab12") == b"bytes"
    store.put("ab12", b"others")
    assert store.get("ab12") == b"others"
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [""]


def test_what_is_damaged_was_never_there(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    store.put("ab12", b"x" * 100)
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(path.read_bytes()[:-1])
    assert store.get("ab12") is None
    assert not path.exists()
    path.write_bytes(b"")
    assert store.get("ab12") is None


def test_a_folder_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Cache(tmp_path / "file")
    store.put("ab12", b"x")
    assert store.get("ab12") is None
    store.trim()
    nothing = Cache(None)
    nothing.put("ab12", b"x")
    nothing.trim()
    assert nothing.get("ab12") is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    store = Cache(tmp_path, limit=250)
    for name in ("aa", "bb", "cc", "dd"):
        store.put(name + "00", name.encode() * 30)
    times = {name: 1_000_000_000 + at for at, name in enumerate(("bb", "aa", "dd", "cc"))}
    for path in tmp_path.rglob("*"):
        if path.is_file():
            os.utime(path, (times[path.parent.name],) * 2)
    assert store.get("bb00") is not None  # used, and so the youngest
    store.trim()
    assert [name for name in ("aa", "bb", "cc", "dd") if store.get(name + "00")] == ["bb", "cc"]


def test_keys_tell_apart_what_differs() -> None:
    values: list[object] = [
        "a", b"a", "1", 1, 1.0, True, None, (), ("a",), ("a", "b"), ("ab",), (("a",), "b"), ("a", ("b",)),
        {"a": "b"}, {"b": "a"}, frozenset("ab"), frozenset("abc"), Thing("a"), Thing("a", ("b",)), Thing("ab"),
        "ü", "\ud800",
    ]  # fmt: skip
    keys = [cache.key(value) for value in values]
    assert len(set(keys)) == len(values)
    assert keys == [cache.key(value) for value in values]
    assert cache.key("a", "b") != cache.key("ab", "")
    with pytest.raises(TypeError, match="object"):
        cache.key(object())


def test_a_key_is_the_same_in_every_process() -> None:
    code = "from archkit import cache; print(cache.key('a', 1, frozenset('xyz'), {'k': (1.5, None)}))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }
    assert found == {cache.key("a", 1, frozenset("xyz"), {"k": (1.5, None)})}


def test_a_changed_program_makes_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.key("a")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    (tmp_path / "cache.py").write_text("x = 1\n")
    other = cache.key("a")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "cache.py").write_text("x = 10\n")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "new" / "cache.py"))
    assert len({before, other, cache.key("a")}) == 3


def _work(folder: str, number: int) -> int:
    store = Cache(Path(folder), limit=20_000)
    wrong = 0
    for turn in range(200):
        name = f"{turn % 7:02d}key"
        store.put(name, name.encode() * 500)
        found = store.get(name)
        wrong += found is not None and found != name.encode() * 500
        if turn % 20 == number:
            store.trim()
    return wrong


def test_runs_may_share_it(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.starmap(_work, [(str(tmp_path), number) for number in range(3)]) == [0, 0, 0]
    assert not list(tmp_path.rglob("*.tmp"))


def test_the_folder_can_be_named_or_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    cache.default().put("ab12", b"x")
    assert (tmp_path / "ab" / "12").exists()
    monkeypatch.setenv(cache.VARIABLE, "off")
    store = cache.default()
    store.put("ab12", b"x")
    assert store.get("ab12") is None


def test_a_chapter_is_drawn_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    path = tmp_path / "a.yaml"
    path.write_text("blueprint: 1\ntitle: A\narchitecture: {flows: [user -> gateway]}\n", "utf-8")
    words = ["render", str(path), "-f", "svg,png", "-o"]
    assert main([*words, str(tmp_path / "one")]) == 0
    drawn = {file.name: file.read_bytes() for file in (tmp_path / "one" / "a").iterdir()}
    assert set(drawn) == {"system.svg", "system.png"}
    monkeypatch.setattr(FigureView, "drawing", property(lambda self: pytest.fail("drawn again")))
    assert main([*words, str(tmp_path / "two")]) == 0
    assert {file.name: file.read_bytes() for file in (tmp_path / "two" / "a").iterdir()} == drawn
    monkeypatch.undo()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    # another size is another picture, another text another figure
    assert main([*words, str(tmp_path / "three"), "--scale", "1"]) == 0
    assert (tmp_path / "three" / "a" / "system.svg").read_bytes() == drawn["system.svg"]
    assert (tmp_path / "three" / "a" / "system.png").read_bytes() != drawn["system.png"]
    path.write_text(path.read_text("utf-8").replace("gateway", "api_gateway"), "utf-8")
    assert main([*words, str(tmp_path / "four")]) == 0
    assert (tmp_path / "four" / "a" / "system.svg").read_bytes() != drawn["system.svg"]
    capsys.readouterr()


def test_nothing_is_kept_where_nobody_wants_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    path = tmp_path / "a.yaml"
    path.write_text("blueprint: 1\ntitle: A\narchitecture: {flows: [user -> gateway]}\n", "utf-8")
    assert main(["render", str(path), "-o", str(tmp_path / "out"), "--no-cache"]) == 0
    assert main(["render", str(path), "-o", str(tmp_path / "out"), "--figure", "system"]) == 0
    assert not (tmp_path / "kept").exists()
    capsys.readouterr()
