"""PDF files: one page in vectors that shows what the SVG shows, with text as text, the same bytes every time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reproduce import unlike

import archkit
from archkit.render.pdf import MissingPackageError, pdf
from archkit.theme import THEMES

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 reads PDF files")
pytest.importorskip("typst", reason="typst writes PDF files")

ROOT = Path(__file__).parent.parent
KINDS = ["system", "funnel", "tradeoffs"]


def view(kind: str = "system", **more: object):
    return archkit.load(ROOT / "tests" / "figures" / f"{kind}.yaml").figure(kind, **more)


def opened(data: bytes):
    document = pdfium.PdfDocument(data)
    assert len(document) == 1
    return document[0]


def grey(bitmap) -> tuple[int, int, bytes]:
    """Return width, height and the pixels in grey."""
    image = bitmap.to_pil().convert("L") if hasattr(bitmap, "to_pil") else bitmap.convert("L")
    return image.width, image.height, image.tobytes()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_shows_what_the_svg_shows(kind: str, theme: str, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="pillow compares pictures")
    shown = view(kind, theme=theme)
    wide, high, page = grey(opened(shown.pdf()).render(scale=96 / 72))
    path = tmp_path / "figure.png"
    path.write_bytes(shown.png(width=wide))
    with image.open(path) as picture:
        expected = picture.convert("RGB").resize((wide, high)).convert("L").tobytes()
    # Edges are smoothed differently by both; a missing text, arrow or font would move far more ink.
    off = sum(abs(a - b) for a, b in zip(page, expected, strict=True)) / len(page)
    assert off < 4.0
    dark = [sum(value < 128 for value in pixels) / len(pixels) for pixels in (page, expected)]
    assert dark[0] == pytest.approx(dark[1], abs=0.01)


@pytest.mark.parametrize("theme", ["book", "whiteboard"])
def test_text_is_text(theme: str) -> None:
    words = "".join(opened(view(theme=theme).pdf()).get_textpage().get_text_range().split())
    for said in ("Spamclassifier", "p9920ms", "requestordatadependency", "howthemodelislearned"):
        assert said in words


def test_the_page_is_as_large_as_the_figure() -> None:
    shown = view()
    drawing = shown.drawing
    assert opened(shown.pdf()).get_size() == pytest.approx((drawing.width * 0.75, drawing.height * 0.75), abs=0.01)


@pytest.mark.parametrize(
    ("page", "points"),
    [("a4", (841.89, 595.28)), ("letter", (792, 612)), ("16:9", (960, 540)), ("og-card", (900, 472.5))],
)
def test_the_page_is_the_one_that_is_wanted(page: str, points: tuple[float, float]) -> None:
    assert opened(view("funnel", page=page).pdf()).get_size() == pytest.approx(points, abs=0.02)


def test_it_is_called_what_the_figure_is_called_and_has_no_date() -> None:
    document = pdfium.PdfDocument(view().pdf())
    found = document.get_metadata_dict()
    assert found["Title"] == view().drawing.title
    assert found["CreationDate"] == found["ModDate"] == ""


def test_what_users_write_is_no_program() -> None:
    text = (ROOT / "tests" / "figures" / "system.yaml").read_text("utf-8")
    words = '"); #panic("out") $x$ [*b*] \\u{41} #import'
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    shown = archkit.loads(text.replace(title, f"title: '{words}'")).figure("system")
    assert pdfium.PdfDocument(shown.pdf()).get_metadata_dict()["Title"] == words


def test_the_same_figure_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    case = str(ROOT / "tests" / "figures" / "funnel.yaml")
    assert unlike(["-m", "archkit", "render", case, "-f", "pdf", "-o", "out"], tmp_path) == []


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'archkit\[pdf\]'"):
        pdf(view().svg, "Title")


def test_other_text_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="not an SVG"):
        pdf("hello", "Title")
