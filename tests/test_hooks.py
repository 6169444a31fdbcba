"""The hooks for pre-commit: what they run works as written, on a repository of blueprints with parts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from shell import GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

HOOKS = {
    hook["id"]: hook for hook in yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text())
}

pytestmark = pytest.mark.usefixtures("in_folder")


def words(hook: str) -> list[str]:
    program, *rest = HOOKS[hook]["entry"].split()
    assert program == "archkit"
    return [*rest, *HOOKS[hook]["args"]]


@pytest.mark.parametrize("hook", HOOKS)
def test_hooks_have_what_pre_commit_asks_for(hook: str) -> None:
    found = HOOKS[hook]
    assert {"id", "name", "description", "entry", "language", "files"} <= found.keys()
    # Whole folders are read, because a part is checked with the blueprints that include it.
    assert found["language"] == "python" and found["pass_filenames"] is False


def test_the_hook_that_checks_finds_a_mistake_in_a_part(capsys: Out) -> None:
    put("designs/mail.yaml", GOOD + "include: [parts/operation.yaml]\n")
    put("designs/parts/operation.yaml", "monitoring: {owner: us}\n")
    assert run(capsys, *words("archkit"))[0] == 0
    put("designs/parts/operation.yaml", "monitorin: {owner: us}\n")
    code, out, _ = run(capsys, *words("archkit"))
    assert code == 1 and "--> designs" in out and "parts/operation.yaml:1:1" in out


def test_the_hook_that_draws_changes_files_only_where_a_figure_changed(capsys: Out) -> None:
    put("mail.yaml")
    assert run(capsys, *words("archkit-figures"))[0] == 0
    first = Path("figures/mail/system.svg").read_bytes()
    assert run(capsys, *words("archkit-figures"))[0] == 0
    assert Path("figures/mail/system.svg").read_bytes() == first
    put("mail.yaml", GOOD.replace("inbox", "mailbox"))
    assert run(capsys, *words("archkit-figures"))[0] == 0
    assert Path("figures/mail/system.svg").read_bytes() != first


def test_the_hook_that_formats_changes_blueprints_and_parts_alone(capsys: Out) -> None:
    put("designs/mail.yaml", GOOD + "include: [ parts/operation.yaml ]\n")
    put("designs/parts/operation.yaml", "monitoring: {owner:  us}\n")
    put("ci.yaml", "on:  [push]\n")
    assert run(capsys, *words("archkit-fmt"))[0] == 0
    assert "include: [parts/operation.yaml]\n" in Path("designs/mail.yaml").read_text("utf-8")
    assert Path("designs/parts/operation.yaml").read_text("utf-8") == "monitoring: {owner: us}\n"
    assert Path("ci.yaml").read_text("utf-8") == "on:  [push]\n"
