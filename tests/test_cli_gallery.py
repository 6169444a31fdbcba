"""``archkit gallery``: one file with every kind of figure."""

from pathlib import Path

import pytest
from shell import BAD, GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

pytestmark = pytest.mark.usefixtures("in_folder")


def gallery(capsys: Out, *words: str) -> tuple[int, str, str]:
    return run(capsys, "gallery", *words)


def test_a_page_of_what_a_blueprint_can_show(capsys: Out) -> None:
    code, out, err = gallery(capsys, put("a.yaml"))
    assert (code, out) == (0, "output/gallery.html\n")
    text = Path("output/gallery.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") and 'id="system"' in text
    assert " kinds of figures" in err and "not drawn, as no blueprint has what they need: " in err


@pytest.mark.parametrize(
    ("name", "start"), [("g.svg", b"<svg "), ("g.png", b"\x89PNG"), ("g.pdf", b"%PDF"), ("sub/g.HTML", b"<!DOCTYPE")]
)
def test_the_suffix_is_the_format(capsys: Out, name: str, start: bytes) -> None:
    if name.endswith("pdf"):
        pytest.importorskip("typst", reason="typst writes PDF files")
    assert gallery(capsys, put("a.yaml"), "-o", name, "--theme", "dark")[0] == 0
    assert Path(name).read_bytes().startswith(start)


def test_without_a_blueprint_the_examples_of_the_package_are_shown(capsys: Out) -> None:
    code, _, err = gallery(capsys, "-o", "g.html")
    text = Path("g.html").read_text("utf-8")
    assert code == 0 and text.count("<figure") >= 20
    assert int(err.split(" of ")[0]) == text.count("<figure")


def test_blueprints_with_errors_are_reported_and_passed_over(capsys: Out) -> None:
    put("all/bad.yaml", BAD)
    put("all/good.yaml", GOOD)
    code, out, err = gallery(capsys, "all", "-o", "g.html")
    assert code == 1 and out == "g.html\n" and "error[LNG001]" in err and "bad.yaml is not drawn" in err
    code, out, _ = gallery(capsys, "all/bad.yaml", "-o", "h.html")
    assert (code, out) == (1, "") and not Path("h.html").exists()


def test_columns(capsys: Out) -> None:
    widths = {}
    for columns in ("1", "3"):
        assert gallery(capsys, "-o", "g.svg", "--columns", columns)[0] == 0
        widths[columns] = int(Path("g.svg").read_text("utf-8").split(' width="')[1].split('"')[0])
    assert widths["3"] > 2 * widths["1"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "g.gif"], "must end in .html, .svg, .png or .pdf"),
        (["-o", "gallery"], "must end in .html, "),
        (["no.yaml"], "no such file"),
        (["--theme", "drak"], "did you mean `dark`?"),
        (["-o", "g.png", "--scale", "100000"], "limit"),
        (["-o", "g.png", "--columns", "0"], "from 1 to 12, not 0"),
        (["-o", "g.png", "--columns", "2.5"], "from 1 to 12, not 2.5"),
    ],
)
def test_what_cannot_be_done_is_told(capsys: Out, words: list[str], message: str) -> None:
    code, _, err = gallery(capsys, *words)
    assert code == 2 and message in err
