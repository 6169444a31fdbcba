"""``archkit fmt``: what it writes, prints and returns."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

pytestmark = pytest.mark.usefixtures("in_folder")

UNTIDY = "blueprint: 1\ntitle:   'Spam'   # why\n"
TIDY = "blueprint: 1\ntitle: Spam  # why\n"


class Pipe:
    """Standard input with bytes behind it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_files_are_formatted_in_place_and_those_that_changed_are_named(capsys: Out) -> None:
    put("all/a.yaml", UNTIDY)
    put("all/b.yaml", TIDY)
    code, out, err = run(capsys, "fmt", "all")
    assert (code, out) == (0, f"{Path('all/a.yaml')}\n")
    assert err == "1 file formatted, 1 file is formatted already\n"
    assert Path("all/a.yaml").read_bytes() == TIDY.encode()
    code, out, err = run(capsys, "fmt", "all")
    assert (code, out, err) == (0, "", "2 files are formatted already\n")


def test_a_formatted_file_is_not_written_again(capsys: Out) -> None:
    put("a.yaml", TIDY)
    os.utime("a.yaml", (1, 1))
    assert run(capsys, "fmt", "a.yaml")[0] == 0
    assert Path("a.yaml").stat().st_mtime == 1


def test_check_changes_nothing_and_says_what_would_change(capsys: Out) -> None:
    put("a.yaml", UNTIDY)
    put("b.yaml", TIDY)
    code, out, err = run(capsys, "fmt", "--check", "a.yaml", "b.yaml")
    assert (code, out) == (1, "a.yaml\n")
    assert err == "1 file would be formatted, 1 file is formatted already\n"
    assert Path("a.yaml").read_text("utf-8") == UNTIDY
    assert run(capsys, "fmt", "--check", "b.yaml")[0] == 0


def test_diff_changes_nothing_and_shows_what_would_change(capsys: Out) -> None:
    put("a.yaml", UNTIDY.rstrip("\n"))
    code, out, _err = run(capsys, "fmt", "--diff", "a.yaml")
    assert code == 1 and Path("a.yaml").read_text("utf-8") == UNTIDY.rstrip("\n")
    assert out == (
        "--- a.yaml\n+++ a.yaml (formatted)\n@@ -1,2 +1,2 @@\n blueprint: 1\n"
        "-title:   'Spam'   # why\n\\ No newline at end of file\n+title: Spam  # why\n"
    )
    put("b.yaml", TIDY.replace("\n", "\r\n"))
    code, out, _err = run(capsys, "fmt", "--diff", "b.yaml")
    assert code == 1 and out == "b.yaml: line ends become \\n, in UTF-8 without a byte order mark\n"
    assert run(capsys, "fmt", "--check", "--diff", "a.yaml")[0] == 1


def test_standard_input_is_formatted_to_standard_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "archkit", "fmt", "-"],
        input="blueprint: 1\r\ntitle:  'Übung → 1'\r\n".encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert (done.stdout, done.stderr) == ("blueprint: 1\ntitle: Übung → 1\n".encode(), b"")


@pytest.mark.parametrize(("words", "code", "out"), [(["--check"], 1, "<stdin>\n"), (["--diff"], 1, "--- <stdin>\n")])
def test_standard_input_can_be_checked(
    capsys: Out, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, out: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(UNTIDY.encode()))
    found = run(capsys, "fmt", *words, "-")
    assert found[0] == code and found[1].startswith(out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_becomes_utf_8_with_plain_line_ends(capsys: Out, encoding: str) -> None:
    put("a.yaml", TIDY.replace("\n", "\r\n").encode(encoding))
    assert run(capsys, "fmt", "a.yaml")[0] == 0
    assert Path("a.yaml").read_bytes() == TIDY.encode()


def test_what_is_no_sound_yaml_is_left_alone_and_explained(capsys: Out) -> None:
    put("a.yaml", "blueprint: 1\ntitle: [a\nserving: {mode: online}\n")
    put("b.yaml", UNTIDY)
    code, out, err = run(capsys, "fmt", "a.yaml", "b.yaml")
    assert (code, out) == (1, "b.yaml\n")
    assert "--> a.yaml:2:8" in err and "1 file formatted, 1 file left as it is" in err
    assert Path("a.yaml").read_text("utf-8").startswith("blueprint: 1\ntitle: [a\n")
    put("c.yaml", b"title: \xff\n")
    code, _, err = run(capsys, "fmt", "c.yaml")
    assert code == 1 and "YML001" in err and Path("c.yaml").read_bytes() == b"title: \xff\n"


def test_mistakes_in_the_language_are_no_obstacle(capsys: Out) -> None:
    put("a.yaml", "blueprint:  1\ntitel:  x\n")
    assert run(capsys, "fmt", "a.yaml")[:2] == (0, "a.yaml\n")
    assert Path("a.yaml").read_text("utf-8") == "blueprint: 1\ntitel: x\n"


def test_missing_files_and_files_that_cannot_be_written(capsys: Out) -> None:
    put("a.yaml", UNTIDY)
    code, out, err = run(capsys, "fmt", "no.yaml", "a.yaml")
    assert (code, out) == (2, "a.yaml\n") and "there is no such file" in err
    if os.name == "posix" and os.geteuid() != 0:
        put("b.yaml", UNTIDY)
        Path("b.yaml").chmod(0o444)
        assert run(capsys, "fmt", "b.yaml")[0] == 2


def test_what_blueprints_include_is_formatted_with_them(capsys: Out) -> None:
    put("all/a.yaml", GOOD.replace("architecture:", "\narchitecture:") + "include: parts/p.yaml\n")
    put("all/parts/p.yaml", "tags:  [a]\n")
    put("all/other.yaml", "tags:  [a]\n")
    code, out, err = run(capsys, "fmt", "all")
    assert code == 0 and str(Path("all/parts/p.yaml")) in out.splitlines() and "other.yaml" in err
    assert Path("all/parts/p.yaml").read_text("utf-8") == "tags: [a]\n"
    assert Path("all/other.yaml").read_text("utf-8") == "tags:  [a]\n"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link_and_permissions_stay(capsys: Out) -> None:
    put("real.yaml", UNTIDY)
    Path("real.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("real.yaml")
    assert run(capsys, "fmt", "link.yaml")[:2] == (0, "link.yaml\n")
    assert Path("link.yaml").is_symlink() and Path("real.yaml").read_text("utf-8") == TIDY
    assert Path("real.yaml").stat().st_mode & 0o777 == 0o640


def test_a_mistake_of_the_formatter_leaves_the_file_alone(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.yaml", UNTIDY)
    monkeypatch.setattr("archkit.formatter.text_of", lambda lines: "blueprint: 1\n")
    code, out, err = run(capsys, "fmt", "a.yaml")
    assert (code, out) == (101, "") and "`a.yaml` is left as it is" in err and "report" in err
    assert Path("a.yaml").read_text("utf-8") == UNTIDY


def test_other_commands_do_not_load_the_formatter() -> None:
    script = "import sys; from archkit.cli import main; main(['validate', 'a.yaml']); print(sorted(sys.modules))"
    put("a.yaml")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    assert "archkit.parse" in loaded and "archkit.formatter" not in loaded and "weaving" not in loaded
