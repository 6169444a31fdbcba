"""``archkit render``: themes of users, pages, widths, paper and colour schemes."""

import struct
import sys
from pathlib import Path

import pytest
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

pytestmark = pytest.mark.usefixtures("in_folder")

SVG, PNG, PDF = (Path(f"output/a/system.{suffix}") for suffix in ("svg", "png", "pdf"))


def draw(capsys: Out, *words: str) -> tuple[int, str, str]:
    return run(capsys, "render", put("a.yaml"), "--figure", "system", *words)


def size(path: Path) -> tuple[int, int]:
    return struct.unpack(">II", path.read_bytes()[16:24])  # type: ignore[return-value]


def test_a_theme_of_ones_own(capsys: Out) -> None:
    put("mine.yaml", "theme: 1\nextends: whiteboard\ncolours: {accent: '#0b3d91', paper: '#f7f0e0'}\n")
    code, _, err = draw(capsys, "--theme", "mine.yaml")
    assert code == 0 and "warning" not in err
    assert "#f7f0e0" in SVG.read_text("utf-8")


def test_warnings_about_a_theme_are_told_and_figures_drawn(capsys: Out) -> None:
    put("mine.yml", "theme: 1\ncolours: {ink: '#999999'}\n")
    code, _, err = draw(capsys, "--theme", "./mine.yml")
    assert code == 0 and "warning[THM002]" in err and "mine.yml:2:16" in err and SVG.exists()
    assert draw(capsys, "--theme", "mine.yml", "--error-on-warning")[0] == 1


def test_a_theme_with_errors_draws_nothing(capsys: Out) -> None:
    put("mine.yaml", "theme: 1\ncolours: {inc: '#999999'}\nsizes: {title: huge}\n")
    code, out, err = draw(capsys, "--theme", "mine.yaml")
    assert (code, out) == (1, "") and not SVG.exists()
    assert "mine.yaml:2:11" in err and "did you mean `ink`?" in err and "error[THM004]" in err


def test_pages_paper_and_schemes(capsys: Out) -> None:
    assert draw(capsys, "--page", "og-card", "-f", "svg,png", "--scale", "1")[0] == 0
    assert size(PNG) == (1200, 630) and 'width="1200" height="630"' in SVG.read_text("utf-8")
    assert draw(capsys, "--transparent", "--adaptive")[0] == 0
    text = SVG.read_text("utf-8")
    assert 'class="paper"' not in text and "prefers-color-scheme:dark" in text


def test_a_width(capsys: Out) -> None:
    assert draw(capsys, "-f", "png", "--width", "777")[0] == 0
    assert size(PNG)[0] == 777


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--width", "0"], "0 is not a number above 0"),
        (["--width", "1.5"], "1.5 is not a whole number of pixels"),
        (["--width", "wide"], "'wide' is not a"),
        (["--width", "800", "--scale", "2"], "leave out --scale"),
        (["--page", "16:10"], "write one of a4, letter, 16:9, og-card"),
        (["--theme", "whitebord"], "did you mean `whiteboard`?"),
        (["--theme", "no/such.yaml"], "no such file"),
    ],
)
def test_options_that_cannot_be_used(capsys: Out, words: list[str], message: str) -> None:
    code, _, err = draw(capsys, "-f", "png", *words)
    assert code == 2 and message in err and not PNG.exists()


def test_pdf(capsys: Out) -> None:
    pytest.importorskip("typst", reason="typst writes PDF files")
    assert draw(capsys, "-f", "pdf", "--page", "a4")[0] == 0
    assert PDF.read_bytes().startswith(b"%PDF-")


def test_pdf_without_its_package(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    code, out, err = draw(capsys, "-f", "svg,pdf")
    assert (code, out) == (2, "") and "pip install 'archkit[pdf]'" in err and not SVG.exists()
