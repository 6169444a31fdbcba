"""The garbage collector: it rests while something grows, and is afterwards as it was."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archkit.cli.reading import attempt
from archkit.formatter import formatted
from archkit.garbage import paused, seldom
from archkit.parse import parse
from archkit.source import Source
from archkit.yamltree import read

TEXT = "".join(f"k{n}: [a, {{b: c}}]\n" for n in range(100))
FILE = Path(__file__).parent.parent / "blueprints" / "wake-word-cascade.yaml"
WORK: dict[str, Callable[[], object]] = {
    "read": lambda: read(Source("x.yaml", f"{TEXT}k: [")),
    "parse": lambda: parse(Source("x.yaml", TEXT)),
    "formatted": lambda: formatted(Source("x.yaml", TEXT)),
    "attempt": lambda: attempt(str(FILE)),
}


@pytest.fixture(params=[True, False], ids=["on", "off"])
def enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    (gc.enable if request.param else gc.disable)()
    yield request.param
    gc.enable()


def test_no_garbage_is_looked_for_while_something_grows(enabled: bool) -> None:
    with paused():
        with paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is enabled


def test_the_collector_is_as_it_was_after_a_mistake(enabled: bool) -> None:
    @paused()
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError("on purpose")

    for _ in range(2):  # a decorated function can be called again
        with pytest.raises(ValueError, match="on purpose"):
            fail()
        assert gc.isenabled() is enabled


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_reading_leaves_the_collector_as_it_was(work: Callable[[], object], enabled: bool) -> None:
    work()
    assert gc.isenabled() is enabled


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_a_text_is_read_without_looking_for_garbage(work: Callable[[], object]) -> None:
    work()  # what is loaded or made once
    searches: list[str] = []
    watch = lambda phase, _info: searches.append(phase)  # noqa: E731
    before = gc.get_threshold()
    gc.callbacks.append(watch)
    gc.set_threshold(1)
    try:
        work()
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(watch)
    assert len(searches) < 20  # those right before and right after


def test_a_short_process_looks_for_garbage_seldom() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as a process begins, whatever ran in this one
    try:
        seldom()
        assert gc.get_threshold()[0] > 700
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
