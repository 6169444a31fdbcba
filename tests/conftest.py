"""What holds for all tests: nothing is taken from, or left in, the cache of whoever runs them; how they are divided."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time, so that a change is judged by what it changes; `--hypothesis-profile=explore` looks for
# new ones. How long one takes is judged by nobody: a busy machine is no mistake.
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", _UNHURRIED, derandomize=True)
settings.register_profile("explore", _UNHURRIED, derandomize=False)
settings.load_profile("steady")

os.environ["ARCHKIT_CACHE"] = "off"
# Tests run in as many processes as there are processors already.
os.environ["ARCHKIT_JOBS"] = "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep tests of one blueprint's figures in one process, which lays them out once for all of these tests."""
    if not config.pluginmanager.hasplugin("xdist"):
        return
    for item in items:
        path = getattr(item, "callspec", None) and item.callspec.params.get("path")  # type: ignore[attr-defined]
        if item.path.name == "test_figures_good.py" and isinstance(path, Path):
            item.add_marker(pytest.mark.xdist_group(path.stem))
