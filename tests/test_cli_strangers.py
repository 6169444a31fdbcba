"""What people do who meet the command line for the first time: slips with files, streams, endings and folders."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from shell import GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture
from typer.main import get_command

from archkit.cli import console
from archkit.cli.app import COMMANDS, _single

pytestmark = pytest.mark.usefixtures("in_folder")

EMPTY = "blueprint: 1\ntitle: Nothing yet\n"


# Streams --------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
@pytest.mark.parametrize("words", [["--help"], ["render", "--help"], ["schema"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_finding(words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "archkit", *words], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_no_mistake_of_archkit() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archkit", "types"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert (
        done.stderr.startswith("error: cannot write standard output: the disk is full") and "mistake" not in done.stderr
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell closes streams otherwise there")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_change_no_exit_code(closed: str) -> None:
    put("good.yaml")
    put("bad.yaml", GOOD.replace("title", "titel"))
    for name, code in (("good.yaml", 0), ("bad.yaml", 1)):
        command = f"exec {sys.executable} -m archkit validate {name} {closed}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == code and "mistake" not in done.stderr, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell closes streams otherwise there")
def test_closed_standard_input_is_an_empty_blueprint() -> None:
    command = f"exec {sys.executable} -m archkit validate - <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "the file is empty" in done.stdout


# Nothing to draw ------------------------------------------------------------------------------------------------------


def test_a_blueprint_without_anything_to_draw_says_so(capsys: Out) -> None:
    code, _, err = run(capsys, "render", put("a b.yaml", EMPTY), "--no-cache")
    assert code == 0 and "there is nothing to draw in 'a b.yaml' yet; `archkit figures 'a b.yaml'`" in err


def test_unknown_figures_list_only_what_can_be_drawn(capsys: Out) -> None:
    code, _, err = run(capsys, "render", put("a.yaml"), "--figure", "qqqqq")
    assert code == 2 and "what can be drawn: `system`;" in err and "embedding_space" not in err
    code, _, err = run(capsys, "render", put("b.yaml", "blueprint: 1\n"), "--figure", "qqqqq")
    assert code == 2 and "`archkit figures` lists them" in err and "embedding_space" not in err


def test_two_designs_without_a_picture_have_no_figure_of_changes(capsys: Out) -> None:
    code, out, err = run(capsys, "diff", put("a.yaml", EMPTY), put("b.yaml", EMPTY), "--figure", "changes.svg")
    assert code == 2 and out == "No difference.\n" and "neither blueprint has an architecture" in err
    assert "mistake" not in err and not Path("changes.svg").exists()


# Options that cannot be meant -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["diff", "a.yaml", "a.yaml", "--figure", "changes"], "`changes` must end in .svg, .png, .pdf, .drawio"),
        (["diff", "a.yaml", "a.yaml", "--figure", "c.svg", "--theme", "drk"], "did you mean `dark`?"),
        (["diff", "a.yaml", "a.yaml", "--figure", "c.svg", "--theme", "no.yaml"], "there is no such file"),
        (["diff", "-", "-"], "standard input can be read once"),
        (["diff", "--git", "main", "-"], "standard input has no revisions"),
        (["book", "a.yaml", "-o", "book"], "`book` must end in .pdf"),
        (["cards", "a.yaml", "-o", "a.b/cards"], "`a.b/cards` must end in .apkg or .json"),
        (["gallery", "a.yaml", "-o", "g.gif"], "`g.gif` must end in .html, .svg, .png or .pdf"),
        (["site", "a.yaml", "-o", "a.yaml"], "`a.yaml` is a file, not a folder"),
        (["render", "a.yaml", "-o", "-"], "several files are written; name a folder"),
        (["new", "spam"], "say which kind of system it is: recommendation, search, "),
    ],
)
def test_what_is_wrong_is_said_before_any_work(capsys: Out, words: list[str], message: str) -> None:
    put("a.yaml")
    code, out, err = run(capsys, *words)
    assert code == 2 and out == "" and message in err


@pytest.mark.parametrize("command", ["capacity", "validate"])
def test_a_dash_for_the_output_is_standard_output(capsys: Out, command: str) -> None:
    put("a.yaml", GOOD + "serving: {mode: onlin}\n")
    printed = run(capsys, command, "a.yaml", "-o", "-")
    assert printed == run(capsys, command, "a.yaml") and not Path("-").exists()


def test_the_letters_of_an_ending_may_be_large(capsys: Out) -> None:
    put("a.yaml")
    assert run(capsys, "diff", "a.yaml", "a.yaml", "--figure", "Changes.SVG")[0] == 0
    assert Path("Changes.SVG").read_text(encoding="utf-8").startswith("<svg")


def test_a_theme_of_one_s_own_draws_changes(capsys: Out) -> None:
    put("theme.yaml", "theme: 1\nextends: book\ncolours: {paper: '#fffdf5'}\n")
    code, _, _ = run(capsys, "diff", put("a.yaml"), "a.yaml", "--figure", "c.svg", "--theme", "theme.yaml")
    assert code == 0 and "#fffdf5" in Path("c.svg").read_text(encoding="utf-8")


def test_both_blueprints_of_a_comparison_tell_their_mistakes(capsys: Out) -> None:
    code, out, err = run(capsys, "diff", put("a.yaml", ""), put("b.yaml", "title: [\n"))
    assert code == 1 and out == "" and "a.yaml:1:1" in err and "b.yaml:1:8" in err


def test_what_to_type_next_is_quoted_for_the_shell(capsys: Out) -> None:
    assert "`archkit render 'my spam.yaml'` draws it" in run(capsys, "new", "my spam", "-a", "search")[2]


def test_a_sheet_is_not_written_into_a_folder(capsys: Out) -> None:
    Path("sheets").mkdir()
    code, out, err = run(capsys, "practice", "visual-search", "-o", "sheets")
    assert code == 2 and out == "" and "`sheets` is a folder; name a file in it" in err


@pytest.mark.parametrize(
    ("module", "words", "extra"),
    [
        ("genanki", ["cards", "a.yaml"], "cards"),
        ("typst", ["book", "a.yaml"], "pdf"),
        ("typst", ["gallery", "a.yaml", "-o", "g.pdf"], "pdf"),
        ("typst", ["diff", "a.yaml", "a.yaml", "--figure", "c.pdf"], "pdf"),
        ("typst", ["render", "a.yaml", "-f", "pdf"], "pdf"),
    ],
)
def test_missing_extras_are_told_alike(
    capsys: Out, monkeypatch: pytest.MonkeyPatch, module: str, words: list[str], extra: str
) -> None:
    put("a.yaml")
    monkeypatch.setitem(sys.modules, module, None)
    code, out, err = run(capsys, *words)
    assert code == 2 and out == "" and f"need the package {module}\n" in err
    assert f"= help: `python -m pip install 'archkit[{extra}]'` installs it" in err


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_fits_a_terminal_and_cuts_no_option(
    command: str, columns: int, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    options = {name for param in get_command(_single(command)).params for name in param.opts if name.startswith("--")}
    assert options <= set(re.findall(r"--[a-z-]+", out))
    assert max(map(len, out.splitlines())) <= max(columns, 50)  # less than 50 is never asked for


# Names ----------------------------------------------------------------------------------------------------------------

LONG = "x" * 300


@pytest.mark.parametrize(
    "words",
    [
        ["render", LONG],
        ["validate", LONG],
        ["new", LONG, "--archetype", "rag"],
        ["site", "good.yaml", "-o", LONG],
        ["practice", "spam-filter", "-o", LONG],
    ],
    ids=lambda words: words[0],
)
def test_a_name_that_is_too_long_is_said_to_be(words: list[str], capsys: Out) -> None:
    put("good.yaml")
    code, _, problems = run(capsys, *words)
    assert code == 2
    assert "its name is too long" in problems and "choose a shorter one" in problems and "mistake" not in problems


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_file_whose_name_is_no_text_is_drawn(capsys: Out) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    put(name)
    assert run(capsys, "render", name, "--figure", "system", "-o", "out")[0] == 0
    assert [path.name for path in Path("out").iterdir()] == ["caf"]
    code, log, _ = run(capsys, "validate", name, "--format", "sarif")
    assert code == 0
    assert json.loads(log)["runs"][0]["artifacts"][0]["location"]["uri"] == "caf%E9.yaml"


@pytest.mark.parametrize(("system", "word"), [("posix", "'my design.yaml'"), ("nt", '"my design.yaml"')])
def test_a_command_to_copy_is_quoted_as_the_shell_wants_it(
    system: str, word: str, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "os", SimpleNamespace(name=system, environ=os.environ))
    code, _, told = run(capsys, "new", "my design", "--archetype", "rag")
    assert code == 0 and f"`archkit render {word}` draws it" in told
