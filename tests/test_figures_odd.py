"""Odd data are drawn without a flaw, or refused where no page has room."""

from __future__ import annotations

import pytest
from planned import HEAD, drawn

import archkit
from archkit.document import Document

ODD = """
{kind: product, parts: [{grid: }, {list: }, {post: }, {ad: }]}
{kind: product, screen: phone, parts: [{card: }, {player: }, {map: []}]}
{kind: product, parts: [{columns: [[], [{text: a}]]}]}
{kind: product, screen: editor, parts: [{code: "a = 1\\n\\n\\n  if a:\\n", completion: b}]}
{kind: product, parts: [{chat: [{source: x}, {user: a}, {answer: b}]}]}
{kind: matrix, columns: [A], cells: {a: [~]}}
{kind: matrix, columns: [A], cells: {a: [5]}, heat: true, factors: 1}
{kind: matrix, columns: [A, B], cells: {a: ["5%", x]}, heat: true}
{kind: matrix, sets: {a: }}
{kind: matrix, sets: {a: , b: [x, x]}}
{kind: matrix, links: {a: [a]}}
{kind: matrix, columns: [A, B], cells: {a: [0, ~], b: [~, 0]}, factors: 1}
{kind: matrix, columns: [A, B], cells: {a: [-5, ~], b: [1000000, 0.0001]}, factors: 2}
{kind: relations, likes: {a: }}
{kind: relations, likes: {a: [x, x], a b: x}, suggest: collaborative, to: a}
{kind: relations, links: {a: [a]}}
{kind: relations, links: {a: [b]}, suggest: adamic-adar}
{kind: relations, links: {a: [b], c: [b]}, suggest: adamic-adar, k: 5}
{kind: relations, likes: {same: [same]}, suggested: {same: [other]}}
{kind: relations, likes: {a: [x]}, features: {x: , y: }, suggest: content-based, to: a}
{kind: graph_snapshots, links: {a: }}
{kind: graph_snapshots, links: {a: [a]}, new: {b: [c]}}
{kind: graph_snapshots, links: {a: [b], c: [d], e: [f]}, predict: jaccard, k: 9}
{kind: composition, stages: {a: , b: }}
{kind: training_example, rows: []}
{kind: training_example, rows: [{values: {g: 1}, labels: {l: 0}}]}
""".strip().splitlines()


@pytest.mark.parametrize("entry", ODD)
def test_odd_data_are_drawn_without_a_flaw(entry: str) -> None:
    data = "data: {labels: {l: {positive: p}, c: {classes: [a]}, n: }, features: {g: {f: numeric}}}\n"
    kind = entry.removeprefix("{kind: ").split(",")[0]
    assert drawn(f"{data}figures:\n  - {entry}\n", kind).caption.startswith("Search: ")
    assert drawn(f"{data}figures:\n  - {entry}\n", kind, "slide")


def test_a_kind_with_nothing_to_show_says_what_it_wants() -> None:
    for kind in ("matrix", "relations", "product"):
        document: Document = archkit.loads(HEAD + f"figures: [{kind}]\n")
        assert document.figures() == ()
        codes = [one.code for one in document.diagnostics]
        assert codes and set(codes) <= {"FIG002", "FIG010", "LNG003"}, document.diagnostics


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("matrix", "columns: [A], cells: {NAMES}"),
        ("matrix", "sets: {x: [LIST]}"),
        ("relations", "links: {x: [LIST]}"),
        ("relations", "likes: {x: [LIST]}"),
        ("graph_snapshots", "links: {x: [LIST]}"),
        ("graph_snapshots", "links: {DENSE}"),
    ],
)
def test_what_no_page_has_room_for_is_refused(kind: str, entry: str) -> None:
    names = [f"n{at}" for at in range(40)]
    dense = ", ".join(f"{name}: [{', '.join(names[:10])}]" for name in names[10:20])
    entry = entry.replace("NAMES", ", ".join(f"{name}: [1]" for name in names)).replace("DENSE", dense)
    document = archkit.loads(HEAD + f"figures: [{{kind: {kind}, {entry.replace('LIST', ', '.join(names))}}}]\n")
    assert "FIG010" in {one.code for one in document.diagnostics if "at most" in one.message}
