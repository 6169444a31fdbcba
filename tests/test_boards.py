"""Files of diagrams.net and Excalidraw: all that is drawn is there, in its place, joined, and can be taken apart."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from boards import cells, drawio_flaws, excalidraw_flaws
from hypothesis import given, settings
from nasty import SHAPES, WORDS, words
from reproduce import unlike

import archkit
from archkit.drawing import Box, Drawing, Group, Icon, Line, Shape, Text
from archkit.render.drawio import drawio
from archkit.render.escape import plain
from archkit.render.excalidraw import excalidraw
from archkit.theme import BOOK, THEMES
from archkit.view import FigureView

CASES = Path(__file__).parent / "figures"
KINDS = sorted(path.stem for path in CASES.glob("*.yaml"))


def view(kind: str = "system", theme: str = "book") -> FigureView:
    return archkit.load(CASES / f"{kind}.yaml").figure(kind, theme=theme)


def text(view: FigureView, format: str) -> str:
    return view.encode(format).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_figure_is_whole(kind: str) -> None:
    shown = view(kind)
    assert drawio_flaws(shown.drawing, text(shown, "drawio")) == []
    assert excalidraw_flaws(shown.drawing, text(shown, "excalidraw")) == []


@pytest.mark.parametrize("theme", ["dark", "whiteboard"])
def test_themes_give_colours_and_strokes(theme: str) -> None:
    shown = view(theme=theme)
    assert drawio_flaws(shown.drawing, text(shown, "drawio")) == []
    assert excalidraw_flaws(shown.drawing, text(shown, "excalidraw")) == []
    paper = THEMES[theme].colour("paper")
    assert f'background="{paper}"' in text(shown, "drawio")
    board = json.loads(text(shown, "excalidraw"))
    assert board["appState"]["viewBackgroundColor"] == paper
    by_hand = bool(THEMES[theme].strokes.hand)
    assert {each["roughness"] for each in board["elements"]} == {int(by_hand)}
    assert ("sketch=1" in text(shown, "drawio")) is by_hand


def test_nothing_is_painted_behind_a_transparent_figure() -> None:
    shown = archkit.load(CASES / "funnel.yaml").figure("funnel", transparent=True)
    assert 'background="none"' in text(shown, "drawio")
    assert json.loads(text(shown, "excalidraw"))["appState"]["viewBackgroundColor"] == "transparent"


def test_lanes_and_groups_hold_their_boxes_in_diagrams_net() -> None:
    shown = view("component_zoom")
    found = cells(text(shown, "drawio"))
    by_id = {cell.id: cell for cell in found}
    lanes = [cell for cell in found if "swimlane" in cell.style]
    drawn = [item for item, _ in shown.drawing.walk() if isinstance(item, Group) and item.kind == "lane"]
    assert len(lanes) == len(drawn) > 0
    assert all(cell.style["container"] == "1" and cell.xml.get("parent") == "1" for cell in lanes)
    for cell in found:
        if "component" in cell.data:
            assert by_id[cell.xml.get("parent")].style["container"] == "1"
            x, y = float(cell.geometry.get("x")), float(cell.geometry.get("y"))
            around = by_id[cell.xml.get("parent")].geometry
            assert 0 <= x < float(around.get("width")) and 0 <= y < float(around.get("height"))


def test_an_icon_moves_with_its_box() -> None:
    shown = view()
    by_id = {cell.id: cell for cell in cells(text(shown, "drawio"))}
    parts = [cell for cell in by_id.values() if cell.style.get("part")]
    assert parts and all("component" in by_id[cell.xml.get("parent")].data for cell in parts)
    elements = json.loads(text(shown, "excalidraw"))["elements"]
    boxes = {group for each in elements if "customData" in each for group in each["groupIds"]}
    images = [each for each in elements if each["type"] == "image"]
    assert images and all(set(each["groupIds"]) & boxes for each in images)


def test_tooltips_and_ids_of_the_blueprint_are_kept() -> None:
    found = {cell.data["component"]: cell for cell in cells(text(view(), "drawio")) if "component" in cell.data}
    drawn = [item for item, _ in view().drawing.walk() if isinstance(item, Group) and item.kind == "node"]
    assert {group.get("id"): plain(group.title) for group in drawn} == {
        name: unescape(cell.data["tooltip"]) for name, cell in found.items()
    }


def box(name: str, said: str, at: float, kind: str = "rounded") -> Group:
    area = Box(at, 40, 120, 60)
    lines = (Text(at + 60, 66, said, 13.5, 40, "semibold", "middle"), Text(at + 60, 82, said, 12, 40, anchor="middle"))
    icon = Icon("glyph:gate", Box(at + 48, 42, 12, 12))
    return Group("node", (Shape(kind, area, "node.fill", role="outline"), icon, *lines), (("id", name),), said)  # type: ignore[arg-type]


def joined(said: str, kind: str = "rounded") -> Drawing:
    """Draw two boxes and an arrow, all with the same words."""
    line = Line(((130, 70), (170, 70), (170, 90), (210, 90)), role="wire", head="arrow")
    label = Text(190, 60, said, 12, 30, anchor="middle", role="label")
    edge = Group("edge", (line, label), (("from", f"a{said}"), ("to", f"b{said}")), said)
    items = (Text(10, 20, said, 18, 50), edge, box(f"a{said}", said, 10, kind), box(f"b{said}", said, 210))
    return Drawing(360, 140, said, said, items)


@settings(max_examples=150)
@given(words)
def test_words_stay_words(said: str) -> None:
    drawing = joined(said)
    assert drawio_flaws(drawing, drawio(drawing, BOOK)) == []
    assert excalidraw_flaws(drawing, excalidraw(drawing, BOOK)) == []
    page = ElementTree.fromstring(drawio(drawing, BOOK))[0]
    assert page.get("name") == plain(said)
    for cell in cells(drawio(drawing, BOOK)):
        tags = set(ElementTree.fromstring(f"<p>{cell.label.replace('<br>', '<br/>')}</p>").iter())
        assert {tag.tag for tag in tags} <= {"p", "br", "span"}
        tip = cell.data.get("tooltip", "")  # shown as HTML, like the label
        assert "<" not in tip and unescape(tip) in ("", plain(said))


@pytest.mark.parametrize("kind", SHAPES)
def test_every_outline_can_be_joined(kind: str) -> None:
    drawing = joined("Box", kind)
    assert drawio_flaws(drawing, drawio(drawing, BOOK)) == []
    assert excalidraw_flaws(drawing, excalidraw(drawing, BOOK)) == []


def test_an_arrow_whose_box_is_not_drawn_yet_is_a_line() -> None:
    whole = joined("Box")
    drawing = Drawing(360, 140, "", "", whole.items[:-1])
    assert [cell for cell in cells(drawio(drawing, BOOK)) if cell.xml.get("target")] == []
    elements = json.loads(excalidraw(drawing, BOOK))["elements"]
    assert [each["endBinding"] for each in elements if each["type"] == "arrow"] == [None]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace('target="p', 'target="q', 1), "has no target"),
        (lambda text: text.replace("exitX=1;", "exitX=0.9;", 1), "is missing"),
        (lambda text: text.replace('value="Box"', 'value="Bax"', 1), "lines of text"),
        (lambda text: text.replace('id="p2"', 'id="p1"', 1), "ids"),
        (lambda text: text.replace('x="10" y="40"', 'x="12" y="40"'), "stands at"),
    ],
)
def test_the_check_sees_what_is_wrong(spoil, said: str) -> None:
    drawing = joined("Box")
    good = drawio(drawing, BOOK)
    assert spoil(good) != good
    assert any(said in flaw for flaw in drawio_flaws(drawing, spoil(good)))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("elementId", "p0", "bound to nothing"), ("fixedPoint", [0, 0], "bound where it does not end")],
)
def test_the_check_sees_what_is_bound_wrongly(key: str, value: object, said: str) -> None:
    drawing = joined("Box")
    board = json.loads(excalidraw(drawing, BOOK))
    arrow = next(each for each in board["elements"] if each["type"] == "arrow")
    arrow["startBinding"][key] = value
    assert any(said in flaw for flaw in excalidraw_flaws(drawing, json.dumps(board)))


def test_the_same_figure_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    case = str(CASES / "system.yaml")
    wanted = ["-m", "archkit", "render", case, "--figure", "system", "-f", "drawio,excalidraw,mmd,d2,dot,py"]
    assert unlike([*wanted, "-o", "out"], tmp_path) == []


@pytest.mark.parametrize("said", WORDS)
def test_plain_words_have_one_line_and_no_control(said: str) -> None:
    assert len(plain(said).splitlines()) <= 1 and plain(said).isprintable()
