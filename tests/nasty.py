"""Words that mean something in the languages that figures are written in, and figures that are made of them."""

from __future__ import annotations

from hypothesis import strategies as st

from archkit.drawing import ShapeKind
from archkit.picture import Callout, Cluster, Edge, EdgeStyle, GraphFigure, Lane, Node, Stress

WORDS = (
    *("plain", "two words", "", " ", "p99: 20 ms", "100%", "user_id", "Ünïcödé 漢字 🎉", "a → b"),
    *("\"quoted\" and 'single'", '"""', "'''", "it's", "back\\slash", "trail\\", '\\"', "\\N \\G \\l", "\\n"),
    *("line\nend\r\n\ttab", "\x00\x07\x1b[31m", "\u202eturned", "\u2028", "\ud800", "]]>", "</mxCell>"),
    *("<b>bold</b>", "<script>alert(1)</script>", "&amp; &lt; &#35;", "<<TABLE><TR><TD>x</TD></TR></TABLE>>", "<x>"),
    *(
        '%%{init: {"theme": "dark"}}%%',
        "%%%%{",
        "%% comment",
        "#quot; #35;",
        "`code`",
        "# heading",
        "1. list",
        "- item",
    ),
    *(
        "* star",
        "**bold** _em_ ~~s~~",
        "$$x^2$$",
        "fa:fa-car",
        "style x fill:#f00;",
        "my style:#x y;z",
        "end",
        "a --> b",
    ),
    *('click n "javascript:alert(1)"', "@{ shape: x }", ":::cls", ";", "a|b", "ﬂ°°35¶ß", "subgraph x", "---"),
    *("${HOME} ${{y}}", "|md # x |", "a -> b: c {shape: x}", "...@x", "*", "&", "null", "!x", "_", "(a).(b)"),
    *(
        '"); import os; os.system("x")',
        "'); print(1) #",
        "{a} {{b}} }",
        "\\${x}",
        "#",
        "x = 1",
        "None",
        "coding: utf_7 +AAo-x",
        "Text encoding: BERT",
    ),
)
SHAPES: tuple[ShapeKind, ...] = (
    *("rounded", "rect", "cylinder", "cloud", "person", "queue"),
    *("diamond", "document", "stack", "circle", "ellipse", "band"),
)
STYLES: tuple[EdgeStyle, ...] = ("request", "async", "feedback", "deploy", "mirror", "fallback", "human")
STRESSES: tuple[Stress, ...] = ("", "strong", "muted", "added", "removed", "changed")

words = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=3).map("".join)
)


@st.composite
def figures(draw: st.DrawFn) -> GraphFigure:
    """Graph figures of a few nodes in lanes and clusters, with words from everywhere."""
    count = draw(st.integers(1, 6))
    lanes = tuple(Lane(f"lane {n}", draw(words), draw(st.sampled_from(["", "data", "training"]))) for n in range(2))
    tech = st.one_of(st.sampled_from(["", "kafka", "pytorch", "redis", "onprem.queue.kafka"]), words)
    nodes = tuple(
        Node(
            f"{n} {draw(words)}",
            draw(words),
            draw(st.sampled_from(SHAPES)),
            tech=draw(tech),
            lane=lanes[n % 2].id,
            annotation=tuple(draw(st.lists(words, max_size=2))),
            note=draw(words),
            stress=draw(st.sampled_from(STRESSES)),
        )
        for n in range(count)
    )
    ids = st.sampled_from([node.id for node in nodes])
    edge = st.builds(
        Edge, ids, ids, st.sampled_from(STYLES), st.just("sync"), words, st.integers(0, 3), st.sampled_from(STRESSES)
    )
    clusters = (
        Cluster("outer", draw(words), tuple(node.id for node in nodes[:2])),
        Cluster("inner", draw(words), tuple(node.id for node in nodes[2:4]), parent="outer"),
    )
    told = tuple(Callout("A", draw(words), node.id) for node in nodes[:1])
    edges = tuple(draw(st.lists(edge, max_size=6)))
    return GraphFigure(draw(words), "system", draw(words), draw(words), lanes, nodes, edges, clusters, callouts=told)
