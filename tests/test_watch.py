"""``archkit watch``: what changes is checked, drawn and shown, and what is broken keeps its figures."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from shell import BAD, GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

from archkit.cli.watching import Watch, Wish
from archkit.document import load
from archkit.live.board import Board
from archkit.live.changes import changed, files_of, stamps

pytestmark = pytest.mark.usefixtures("in_folder")
TWO = GOOD + "figures: [system, {kind: system, name: small, hide: [inbox]}]\n"


# Files that change ----------------------------------------------------------------------------------------------------


def test_files_of_a_blueprint_are_its_own_and_all_that_it_includes() -> None:
    put("deep/parts/one.yaml", "include: inner.yaml\ntitle: X\n")
    put("deep/parts/inner.yaml", "summary: Y\n")
    put("deep/a.yaml", 'blueprint: 1\ninclude: [parts/one.yaml, "parts/none.yaml"]\n')
    names = [Path(name).as_posix() for name in files_of(load("deep/a.yaml"))]
    assert names == ["deep/a.yaml", "deep/parts/one.yaml", "deep/parts/inner.yaml", "deep/parts/none.yaml"]


def test_changes_are_seen_whatever_changes() -> None:
    put("all/a.yaml")
    put("all/.hidden/b.yaml")
    put("all/node_modules/b.yaml")
    put("all/c.txt")
    before = stamps(["none.yaml"], ["all"])
    assert sorted(Path(name).as_posix() for name in before) == ["all/a.yaml", "none.yaml"]
    assert changed(before, stamps(["none.yaml"], ["all"])) == []
    put("new.yaml")
    Path("new.yaml").replace("all/a.yaml")  # as editors do: the same content in another file
    put("all/deep/d.yml")
    put("none.yaml")
    found = changed(before, stamps(["none.yaml"], ["all"]))
    assert [Path(name).as_posix() for name in found] == ["none.yaml", "all/a.yaml", "all/deep/d.yml"]
    Path("none.yaml").unlink()
    assert stamps(["none.yaml"]) == {"none.yaml": ()}


# Drawing --------------------------------------------------------------------------------------------------------------


class Session:
    """A watch without its loop."""

    def __init__(self, capsys: Out, *paths: str, **more: Any) -> None:
        given = {"figures": [], "formats": ["svg"], "output": "output", "theme": "book", "profile": None, "jobs": 1}
        self.board, self._capsys = Board(), capsys
        self.watch = Watch(Wish(paths=list(paths), **{**given, **more}), self.board)

    def block(self) -> str:
        self.watch.block()
        captured = self._capsys.readouterr()
        assert captured.err == ""
        return str(re.sub(r"in \d+\.\d\d s", "in 0 s", captured.out)).replace("\\", "/")

    def change(self, path: str, content: str) -> list[str]:
        """Change a file and return what is seen of it."""
        threading.Timer(0.05, put, (path, content)).start()
        return self.watch.wait()

    @property
    def sheets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.board.state)["sheets"]
        return found

    @property
    def marks(self) -> dict[str, str]:
        return {figure["name"]: figure["mark"] for each in self.sheets for figure in each["figures"]}


def test_what_changes_is_drawn_and_nothing_else(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", TWO), formats=["png", "svg"])
    names = ["system.png", "system.svg", "small.png", "small.svg"]
    assert session.block() == "".join(f"wrote output/a/{name}\n" for name in names) + "drew 2 of 2 figures in 0 s\n"
    first = session.marks
    assert session.board.picture(first["small"]) == Path("output/a/small.svg").read_bytes()
    assert session.change("a.yaml", TWO.replace("inbox\n", "inbox: mail\n")) == ["a.yaml"]
    assert session.block() == "wrote output/a/system.png\nwrote output/a/system.svg\ndrew 1 of 2 figures in 0 s\n"
    assert session.marks["small"] == first["small"] and session.marks["system"] != first["system"]
    session.change("a.yaml", TWO.replace("inbox\n", "inbox: mail\n") + "# a remark\n")
    assert session.block() == "nothing to draw anew; checked in 0 s\n"


def test_a_broken_blueprint_keeps_its_figures_and_tells_where_it_is_broken(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", GOOD))
    session.block()
    before, data = session.marks, Path("output/a/system.svg").read_bytes()
    session.change("a.yaml", BAD)
    said = session.block()
    assert (
        "error[LNG001]" in said and "--> a.yaml:2:1" in said and said.endswith("nothing to draw anew; checked in 0 s\n")
    )
    [shown] = session.sheets
    assert shown["broken"] == "The blueprint has errors. The figures are those of before."
    assert [each["severity"] for each in shown["findings"]][:2] == ["error", "error"]
    finding = next(each for each in shown["findings"] if each["head"].startswith("LNG001: "))
    assert "a.yaml:2:1" in finding["detail"] and "^^^^^" in finding["detail"]
    assert session.marks == before and Path("output/a/system.svg").read_bytes() == data
    session.change("a.yaml", GOOD)
    assert session.block().endswith("nothing to draw anew; checked in 0 s\n") and session.sheets[0]["broken"] == ""


def test_a_blueprint_that_begins_broken(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", BAD))
    assert "error[LNG001]" in session.block() and session.sheets[0]["figures"] == []
    assert session.sheets[0]["broken"] == "The blueprint has errors. Figures follow when that is mended."
    session.change("a.yaml", GOOD)
    assert "wrote output/a/system.svg" in session.block() and session.sheets[0]["broken"] == ""


def test_included_files_are_watched_and_those_that_are_missing(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", GOOD + "include: parts/more.yaml\n"), figures=["system"])
    assert "error[INC003]" in session.block()
    assert [Path(name).as_posix() for name in session.change("parts/more.yaml", "summary: S\n")] == ["parts/more.yaml"]
    assert "wrote output/a/system.svg" in session.block()
    assert session.change("parts/more.yaml", "summry: S\n")
    assert "parts/more.yaml:1:1" in session.block()


def test_a_theme_of_a_file_is_watched(capsys: Out) -> None:
    put("look.yaml", "theme: 1\nextends: book\nsizes: {node: 15}\n")
    session = Session(capsys, put("a.yaml", GOOD), theme="look.yaml", figures=["system"])
    session.block()
    before = session.marks
    assert session.change("look.yaml", "theme: 1\nextends: book\nsizes: {nod: 15}\n") == ["look.yaml"]
    assert "look.yaml:3:9" in session.block()
    assert session.sheets[0]["broken"].startswith("The theme look.yaml has errors") and session.marks == before
    session.change("look.yaml", "theme: 1\nextends: book\nsizes: {node: 16}\n")
    assert "drew 1 of 1 figure in" in session.block() and session.marks != before and not session.sheets[0]["broken"]


def test_folders_are_watched_for_new_blueprints(capsys: Out) -> None:
    put("all/a.yaml")
    session = Session(capsys, "all", figures=["system"])
    session.block()
    assert [Path(name).as_posix() for name in session.change("all/b.yaml", GOOD)] == ["all/b.yaml"]
    assert "wrote output/b/system.svg" in session.block()
    assert [each["folder"] for each in session.sheets] == ["a", "b"]
    Path("all/a.yaml").unlink()
    session.watch.wait()
    session.block()
    assert [each["folder"] for each in session.sheets] == ["b"]


def test_a_file_that_is_gone_for_a_moment_keeps_its_figures(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", GOOD), figures=["system"])
    session.block()
    before = session.marks
    Path("a.yaml").unlink()
    assert session.watch.wait() == ["a.yaml"]
    assert "cannot read `a.yaml`: there is no such file" in session.block()
    assert session.marks == before and "there is no such file" in session.sheets[0]["broken"]
    session.change("a.yaml", GOOD)
    assert "nothing to draw anew" in session.block() and not session.sheets[0]["broken"]


def test_figures_that_cannot_be_drawn_are_told(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", GOOD), figures=["funnel", "sytem", "system"])
    said = session.block()
    assert "`funnel` cannot be drawn from a.yaml: it needs" in said and "did you mean `system`" in said
    assert list(session.marks) == ["system"]


def test_a_disk_that_takes_nothing_is_told_and_the_watch_goes_on(capsys: Out) -> None:
    put("output", "a file")
    session = Session(capsys, put("a.yaml", GOOD), figures=["system"])
    assert "error: cannot write `output/a/system.svg`" in session.block()
    Path("output").unlink()
    session.change("a.yaml", GOOD + "# once more\n")
    session.block()
    assert session.marks


def test_formats_of_graphs_are_written_of_graphs(capsys: Out) -> None:
    text = GOOD + "requirements: {goal: no spam}\nfigures: [system, scorecard]\n"
    session = Session(capsys, put("a.yaml", text), formats=["mmd"], profile="sketch")
    assert session.block() == "wrote output/a/system.mmd\ndrew 2 of 2 figures in 0 s\n"
    assert list(session.marks) == ["system", "scorecard"]


def test_figures_called_alike_are_told_apart(capsys: Out) -> None:
    session = Session(capsys, put("a.yaml", TWO))
    session.block()
    titles = [figure["title"] for figure in session.sheets[0]["figures"]]
    assert titles == ["System: system", "System: small"]


def test_a_lane_that_is_called_as_a_kind_of_figure_is_told_apart_from_it(capsys: Out) -> None:
    text = """\
blueprint: 1
title: Spam filter
monitoring: {drift: {inputs: {action: retrain}}, alerts: {slow: {when: p99 above 1 s}}}
architecture:
  lanes: {inference: {user: user, ranker: ranker}, monitoring: {metrics: monitoring, alarms: alerting}}
  flows: [user -> ranker -> user, ranker ..> metrics -> alarms]
figures: [monitoring, {kind: component_zoom, of: monitoring}]
"""
    session = Session(capsys, put("a.yaml", text), profile="sketch")
    session.block()
    titles = [figure["title"] for figure in session.sheets[0]["figures"]]
    assert titles == ["Monitoring: monitoring", "Monitoring: one stage"]


def test_what_is_looked_at_is_drawn_first_and_old_work_is_left(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(capsys, put("a.yaml", TWO))
    session.board.watch("a", "small")
    assert session.block().splitlines()[0] == "wrote output/a/small.svg"
    with monkeypatch.context() as patch:
        patch.setattr(session.watch, "_is_old", lambda: True)
        session.change("a.yaml", TWO.replace("inbox\n", "inbox: mail\n"))
        assert session.block() == "the files have changed again before all was drawn\n"
    assert "drew 1 of 2" in session.block()


# The command ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-"], "standard input is read once"),
        (["a.yaml", "--port", "1.5"], "1.5 is not a whole number"),
        (["a.yaml", "--port", "-1"], "there is no port -1"),
        (["a.yaml", "--port", "nan"], "is not a whole number"),
        (["a.yaml", "--theme", "bok"], "did you mean `book`?"),
        (["a.yaml", "-f", "pgn"], "did you mean `png`?"),
        (["a.yaml", "-j", "0"], "is not a whole number above 0"),
        (["a.yaml", "-o", "a.yaml"], "`a.yaml` is a file, not a folder"),
    ],
)
def test_usage(words: list[str], message: str, capsys: Out) -> None:
    put("a.yaml")
    code, _, err = run(capsys, "watch", *words)
    assert code == 2 and message in err
    assert "standard input" not in run(capsys, "watch", "--help")[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_the_command_watches_until_it_is_interrupted() -> None:
    put("a.yaml")
    process = subprocess.Popen(
        [sys.executable, "-m", "archkit", "watch", "a.yaml", "--figure", "system"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stderr
    with process.stdout, process.stderr:
        try:
            lines = [process.stdout.readline() for _ in range(4)]
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/ shows the figures; Ctrl-C ends\n", lines[0])
            assert lines[2] == "wrote output/a/system.svg\n" and lines[3].startswith("drew 1 of 1 figure in ")
            time.sleep(0.3)
            put("a.yaml", BAD)
            lines = [process.stdout.readline() for _ in range(3)]
            assert lines[:2] == ["\n", "a.yaml changed\n"] and lines[2].startswith("error[LNG0")
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""
