"""Any picture of blocks is drawn without a flaw: nothing overlaps, nothing is cut, arrows keep off boxes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archkit.blocks import (
    Bar,
    Block,
    Boxed,
    Braced,
    Cells,
    Column,
    Flow,
    Glyph,
    Grid,
    Link,
    Number,
    Overlay,
    Plot,
    Rating,
    Row,
    Space,
    Span,
    Taper,
    Tick,
    Tree,
    Words,
)
from archkit.drawing import Box, Drawing, Line, Shape, Text
from archkit.layout import layout
from archkit.layout.pictures import fit
from archkit.pictures import Arrow, Picture, texts, walk
from archkit.proof import PICTURE, check
from archkit.theme import THEMES

BOOK = THEMES["book"]
ANY_SIZE = replace(PICTURE, print_size=0.0)
vocabulary = ["a", "of", "with", "10B", "ranker", "two-tower", "überlang", "retrieval", "200", "ms"]
words = st.lists(st.sampled_from(vocabulary), min_size=1, max_size=9)
said = words.map(" ".join)
aligns = st.sampled_from(["start", "middle", "end"])
styles = st.sampled_from(["title", "strong", "body", "small", "note", "big"])
leaves = st.one_of(
    st.builds(Words, said, styles, measure=st.floats(2, 30), align=aligns),
    st.builds(Glyph, st.sampled_from(["user", "lock", "check"])),
    st.builds(Cells, st.integers(2, 8), st.booleans(), st.booleans()),
    st.builds(Rating, st.floats(0, 5)),
    st.builds(Number, st.integers(1, 120)),
    st.builds(Taper, st.floats(0.1, 1), st.floats(0.1, 1)),
    st.builds(Space, st.floats(0, 3), st.floats(0, 3)),
)
shapes = st.sampled_from(["rounded", "rect", "cylinder", "cloud", "queue", "document", "diamond", "person"])


def holders(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    few = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Row, few, align=aligns | st.just("stretch")),
        st.builds(Column, few, align=aligns | st.just("stretch")),
        st.builds(Flow, few),
        st.builds(Boxed, inner, shape=shapes, align=aligns, bold=st.booleans(), top=st.booleans()),
        st.builds(Braced, inner, st.builds(Words, said), st.sampled_from(["left", "right", "top", "bottom"])),
        st.builds(Tree, inner, few, few),
        st.builds(tables, few, few),
    )


def tables(first: tuple[Block, ...], second: tuple[Block, ...]) -> Grid:
    """Return a table of two columns, the shorter one filled up with nothing."""
    count = max(len(first), len(second))
    columns = [[*column, *[None] * (count - len(column))] for column in (first, second)]
    return Grid(tuple(zip(*columns, strict=True)), ("start", "end"), 1, frozenset({1}))


def drawn(body: Block, *arrows: Arrow) -> tuple[Picture, Drawing]:
    picture = Picture("p", "funnel", "A title", "A caption", body, arrows, "In words")
    return picture, layout(picture, BOOK)


def flaws(picture: Picture, drawing: Drawing) -> list[str]:
    return [str(flaw) for flaw in check(drawing, BOOK, picture, ANY_SIZE)]


def test_text_keeps_off_slanted_outlines_in_tall_boxes() -> None:
    for shape in ("diamond", "circle", "ellipse", "cloud"):
        tall = Boxed(Words("with", "title", measure=2.0), shape=shape, align="start", top=True)
        assert flaws(*drawn(Row((tall, Boxed(Taper(1.0, 1.0))), align="stretch"))) == []


@given(st.recursive(leaves, holders, max_leaves=12))
@settings(max_examples=150, deadline=None)
def test_any_picture_is_drawn_without_a_flaw(body: Block) -> None:
    assert flaws(*drawn(body)) == []


@given(st.recursive(leaves, holders, max_leaves=6), st.floats(0, 200), st.floats(0, 200))
@settings(max_examples=60, deadline=None)
def test_a_block_keeps_to_its_room(body: Block, wider: float, higher: float) -> None:
    fitted = fit(body, BOOK)
    room = Box(10, 20, fitted.width + wider, fitted.height + higher)
    for item in everything(fitted.draw(room)):
        if isinstance(item, Text):
            start = item.x - {"start": 0.0, "middle": item.width / 2, "end": item.width}[item.anchor]
            assert start >= room.x - 0.1 and start + item.width <= room.right + 0.1
            assert room.y - 0.1 <= item.y <= room.bottom + 0.1
        elif isinstance(item, Shape):
            assert room.inset(-0.1).contains(item.box)


def everything(items: Any) -> Any:
    for item in items:
        yield item
        yield from everything(getattr(item, "items", ()))


shares = st.floats(0, 1)
spans = st.builds(lambda a, b, text: Span(min(a, b), max(a, b), "lane.data", text), shares, shares, said | st.just(""))
ticks = st.builds(Tick, shares, said, st.booleans())
rows = st.tuples(st.builds(Words, said), st.tuples(spans), st.builds(Words, said))


@given(st.lists(rows, min_size=1, max_size=6), st.lists(ticks, max_size=6))
@settings(max_examples=80, deadline=None)
def test_any_plot_is_drawn_without_a_flaw(lines: Any, across: Any) -> None:
    assert flaws(*drawn(Plot(tuple(lines), tuple(across)))) == []


pairs = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8)


@given(st.lists(said, min_size=5, max_size=5), st.lists(said, min_size=5, max_size=5), pairs)
@settings(max_examples=80, deadline=None)
def test_arrows_between_columns_keep_off_boxes(left: list[str], right: list[str], ends: set[tuple[int, int]]) -> None:
    columns = [
        Column(tuple(Boxed(Words(text, measure=8), f"{side}{at}") for at, text in enumerate(said)), 1.0, "stretch")
        for side, said in (("a", left), ("b", right))
    ]
    arrows = [Arrow(f"a{a}", f"b{b}") for a, b in sorted(ends)]
    picture, drawing = drawn(Row((columns[0], Space(9.0), columns[1]), 0.0), *arrows)
    assert [flaw for flaw in flaws(picture, drawing) if "through" in flaw or "outline" in flaw or "lost" in flaw] == []
    assert sum(isinstance(i, Line) and i.role == "wire" for i in everything(drawing.items)) == len(arrows)


@pytest.mark.parametrize("upright", [False, True])
@given(st.lists(said, min_size=2, max_size=5), st.lists(said | st.just(""), min_size=4, max_size=4))
@settings(max_examples=50, deadline=None)
def test_links_make_room_for_what_flows(upright: bool, titles: list[str], labels: list[str]) -> None:
    parts: list[Block] = []
    for at, title in enumerate(titles):
        parts.append(Boxed(Words(title, measure=8), f"n{at}"))
        if at + 1 < len(titles):
            parts.append(Link(f"n{at}", f"n{at + 1}", labels[at], upright=upright))
    body = Column(tuple(parts), 0.0, "middle") if upright else Row(tuple(parts), 0.0)
    assert flaws(*drawn(body)) == []


def test_paragraphs_break_at_their_measure_and_not_inside_words() -> None:
    unit = BOOK.sizes.label
    assert fit(Words("one two three four", measure=4), BOOK).width <= 4 * unit
    long = Words("antidisestablishmentarianism", measure=4)
    assert fit(long, BOOK).height == fit(Words("one"), BOOK).height


def test_a_flow_takes_columns_only_where_a_page_wants_them() -> None:
    tall = tuple(Boxed(Space(8, 12)) for _ in range(6))
    wide = tuple(Boxed(Space(60, 6)) for _ in range(3))
    several, one = fit(Flow(tall), BOOK), fit(Flow(wide), BOOK)
    assert several.width > 2 * fit(tall[0], BOOK).width
    assert one.width == fit(wide[0], BOOK).width


def test_bars_are_as_long_as_their_share() -> None:
    bar = Bar((Span(0.25, 0.75),), 20.0)
    shapes = [item for item in fit(bar, BOOK).draw(Box(100, 0, 250, 30)) if isinstance(item, Shape)]
    assert [(shape.box.x, shape.box.width) for shape in shapes] == [(162.5, 125.0)]


def test_merging_arrows_share_their_way_and_say_so() -> None:
    boxes = Column(tuple(Boxed(Words(name), name) for name in "abc"), 1.0)
    picture, drawing = drawn(Row((boxes, Space(6), Boxed(Words("z"), "z")), 0.0), *(Arrow(n, "z") for n in "abc"))
    edges = [item for item in drawing.items if getattr(item, "kind", "") == "edge"]
    assert {edge.get("trunk") for edge in edges if hasattr(edge, "get")} == {"z left request"}
    assert flaws(picture, drawing) == []


def test_every_text_of_a_picture_is_found() -> None:
    body = Row(
        (Words("one"), Link("a", "b", "two"), Boxed(Plot(((Words("three"), (Span(0, 1, text="four"),), Space()),))))
    )
    assert list(texts(body)) == ["one", "two", "three", "four"]
    assert sum(isinstance(block, Words) for block in walk(Overlay((body, Words("five"))))) == 3


def test_a_lost_text_and_a_lost_arrow_are_told() -> None:
    picture, drawing = drawn(
        Row((Boxed(Words("here"), "a"), Space(5), Boxed(Words("there"), "b")), 0.0), Arrow("a", "b")
    )
    more = replace(picture, body=Row((picture.body, Words("gone"))), arrows=(Arrow("a", "b"), Arrow("b", "a")))
    told = [flaw.code for flaw in check(drawing, BOOK, more)]
    assert told == ["text-lost", "edge-lost"]
