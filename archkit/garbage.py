"""When Python looks for garbage: not while something grows that stays, and seldom in a process that ends soon."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 50_000


@contextmanager
def paused() -> Iterator[None]:
    """Have no garbage looked for meanwhile; also a decorator of a function, as ``@paused()``.

    For what builds a large value of which all is kept: to walk it again and again while it grows takes as long as all
    the rest. Where Python was looking for no garbage before, it looks for none afterwards.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def seldom() -> None:
    """Have garbage looked for less often from here on.

    For a process that ends soon and leaves few cycles behind, where looking as often as usual costs a twentieth of the
    time.
    """
    gc.set_threshold(_SELDOM)
