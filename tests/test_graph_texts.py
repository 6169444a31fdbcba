"""Graphs as Mermaid, D2, DOT and Python: every part is in the text, and no word of a user is more than a word."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from nasty import SHAPES, STRESSES, STYLES, figures
from pictured import GRAPHS

import archkit
from archkit.picture import Cluster, Edge, GraphFigure, Lane, Node
from archkit.render.d2 import d2
from archkit.render.dot import dot
from archkit.render.escape import plain
from archkit.render.graphtext import Branch, Leaf, broken, forest, label, leaves, words
from archkit.render.mmd import mmd
from archkit.render.py import py
from archkit.theme import BOOK, THEMES
from archkit.view import FORMATS, TEXTS

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "blueprints").glob("*.yaml"))
WRITERS = {"mmd": mmd, "d2": d2, "dot": dot, "py": py}

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz (dot) on PATH")


def graphs(path: Path) -> list[GraphFigure]:
    document = archkit.load(path)
    planned = [document.figure(entry.name).figure for entry in document.entries if entry.kind.name in GRAPHS]
    return [figure for figure in planned if isinstance(figure, GraphFigure)]


def squeezed(text: str) -> str:
    """Return a text as a reader sees it: without what has no width and with single spaces."""
    return " ".join(text.replace("\u200b", "").split())


def titles(figure: GraphFigure) -> list[str]:
    """Return what stands in the boxes of a figure, with a bar between lines."""
    return sorted("|".join(map(squeezed, words(node))) for node in figure.nodes)


def labels(figure: GraphFigure) -> list[str]:
    return sorted(squeezed(label(edge)) for edge in figure.edges)


def branches(trees: tuple[Branch | Leaf, ...]) -> list[Branch]:
    found = [tree for tree in trees if isinstance(tree, Branch)]
    return [each for tree in found for each in (tree, *branches(tree.inside))]


# --- what is in the text ----------------------------------------------------------------------------------------------

QUOTED = r'"((?:[^"\\]|\\.)*)"'
COLOUR = r"#[0-9a-f]{6}"
MERMAID = [
    r"---|config:|  theme: base|  themeVariables:|flowchart (TB|LR)",
    r'title: "(?:[^"\\]|\\.)*"|    \w+: "#[0-9a-f]{6}"',
    r" *%% n\w*: .*",
    r' *subgraph \w+\["[^"<>%{}`$\\]+"\]|(  )+end',
    r' *n\w*(?:\[|\(|\[\(|\(\[|\{\{|\(\()"(?P<node>[^"%{}`$\\]+)"(?:\]|\)|\)\]|\]\)|\}\}|\)\)):::\w+',
    r" *n\w*@\{ shape: \w+ \}",
    r'  (?P<tail>n\w*) (?:-->|==>|-\.->)(?:\|"(?P<edge>[^"<>%{}`$\\]+)"\|)? (?P<head>n\w*)',
    rf"  (?:style|classDef) \w+ fill:(?:{COLOUR}|none),stroke:[^;\"]*|  linkStyle [\d,]+ stroke:{COLOUR}[^;\"]*",
]
D2 = [
    r"direction: (down|right)|style\.fill: \"#[0-9a-f]{6}\"|classes: \{|\}|(  )+\}",
    r"  \w+: \{style: \{[\w\-: ;\"#]*\}(; target-arrowhead: \{shape: \w+\})?\}",
    rf"title: {QUOTED} \{{near: top-center; style: \{{[\w\-: ;\"#]*\}}\}}",
    r" *# .*",
    rf" *(?:lane|group)\w*: {QUOTED} \{{| *style: \{{[\w\-: ;\"#]*\}}",
    rf" *n\w*: {QUOTED.replace('(', '(?P<node>', 1)} \{{class: \w+(; [\w.\-]+: [\w\-]+)?\}}",
    rf"(?P<tail>[\w.]+) -> (?P<head>[\w.]+):(?: {QUOTED.replace('(', '(?P<edge>', 1)})? \{{class: \w+\}}",
]


def parts(text: str, grammar: list[str]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Return boxes, labels and ends of arrows of a text, each line of which must be of the grammar."""
    nodes, edges, ends = [], [], []
    assert text.endswith("\n")
    for line in text[:-1].split("\n"):
        found = next((match for rule in grammar if (match := re.fullmatch(rule, line))), None)
        assert found is not None, line
        said = found.groupdict()
        if said.get("node") is not None:
            nodes.append(said["node"])
        if said.get("tail"):
            edges.append(said["edge"] or "")
            ends.append((said["tail"].rpartition(".")[2], said["head"].rpartition(".")[2]))
    return nodes, edges, ends


def from_mermaid(text: str) -> str:
    return "|".join(squeezed(unescape(re.sub(r"#(\d+);", r"&#\1;", line))) for line in text.split("<br/>"))


def from_d2(text: str) -> str:
    said = re.sub(r"\\(.)", lambda found: "\x01" if found[1] == "n" else found[1], text)
    return "|".join(map(squeezed, said.split("\x01")))


def check_mermaid(figure: GraphFigure) -> None:
    nodes, edges, ends = parts(mmd(figure, BOOK), MERMAID)
    ligature = [said.replace("\ufb02", "fl") for said in titles(figure)]
    assert sorted(map(from_mermaid, nodes)) == sorted(ligature)
    assert sorted(map(from_mermaid, edges)) == sorted(said.replace("\ufb02", "fl") for said in labels(figure))
    check_ends(figure, ends)
    directives = re.findall(r"%%\{", mmd(figure, BOOK))
    assert directives == []


def check_d2(figure: GraphFigure) -> None:
    text = d2(figure, BOOK)
    nodes, edges, ends = parts(text, D2)
    assert sorted(map(from_d2, nodes)) == titles(figure)
    assert sorted(map(from_d2, edges)) == labels(figure)
    check_ends(figure, ends)
    strings = re.findall(QUOTED, re.sub(r"(?m)^ *# .*$", "", text))
    assert not [said for said in strings if re.search(r"(?<!\\)(\\\\)*\$", said)]


def check_ends(figure: GraphFigure, ends: list[tuple[str, str]]) -> None:
    ids = {leaf.node.id: leaf.id for leaf in leaves(forest(figure))}
    assert ends == [(ids[edge.tail], ids[edge.head]) for edge in figure.edges]


def check_script(figure: GraphFigure) -> None:
    """Check that a script draws what it should, and does nothing else."""
    text = py(figure, BOOK)
    tree = ast.parse(text.encode())  # as bytes of a file, whose first comments may name another encoding
    assert ast.dump(tree) == ast.dump(ast.parse(text))
    imported = {}
    for each in tree.body:
        if isinstance(each, ast.ImportFrom):
            module = importlib.import_module(str(each.module))
            assert (each.module or "").split(".")[0] == "diagrams"
            imported |= {alias.asname or alias.name: getattr(module, alias.name) for alias in each.names}
        else:
            assert isinstance(each, ast.Assign | ast.With), ast.unparse(each)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert {call.func.id for call in calls if isinstance(call.func, ast.Name)} <= set(imported)
    assert all(isinstance(call.func, ast.Name) for call in calls)
    made = {
        each.targets[0].id: each.value  # type: ignore[attr-defined]
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call)
    }
    said = sorted(seen(value.args[0].value) for value in made.values())  # type: ignore[attr-defined]
    wanted = []
    for node in figure.nodes:
        pictured = any(value.func.id != "Node" for value in of(made, figure, node))
        wanted.append("|".join(map(squeezed, broken(words(node, pictured=pictured)))))
    assert said == sorted(wanted)
    lines = [each.value for each in ast.walk(tree) if isinstance(each, ast.Expr)]
    assert len(lines) == len(figure.edges)
    ends = [(line.left.left.id, line.right.id) for line in lines]  # type: ignore[attr-defined]
    check_ends(figure, ends)


@pytest.mark.parametrize("title", ["Text encoding: BERT", "coding: utf_7 +AAo-import os+AAo-#"])
def test_a_title_names_no_encoding_of_a_script(title: str) -> None:
    check_script(GraphFigure("system", "system", title, "", (), (Node("a", "A"),), ()))


def of(made: dict, figure: GraphFigure, node: Node) -> list:
    return [made[leaf.id] for leaf in leaves(forest(figure)) if leaf.node == node]


def seen(text: str) -> str:
    """Return what Graphviz makes of a label: entities, then backslashes."""
    assert not re.search(r"[<>\"]", text)
    return "|".join(squeezed(unescape(line).replace("\\\\", "\\")) for line in text.split("\n"))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SHIPPED])
def test_every_graph_of_every_blueprint_is_whole(path: Path) -> None:
    found = graphs(path)
    assert found
    for figure in found:
        check_mermaid(figure)
        check_d2(figure)
        check_script(figure)


@settings(max_examples=120)
@given(figures())
def test_mermaid_and_d2_take_words_as_words(figure: GraphFigure) -> None:
    check_mermaid(figure)
    check_d2(figure)


@settings(max_examples=80)
@given(figures())
def test_scripts_take_words_as_words(figure: GraphFigure) -> None:
    check_script(figure)


@needs_dot
@settings(max_examples=12, deadline=None)
@given(figures())
def test_graphviz_takes_words_as_words(figure: GraphFigure) -> None:
    check_dot(figure)


@needs_dot
@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SHIPPED])
def test_graphviz_draws_the_system_of_every_blueprint(path: Path) -> None:
    check_dot(graphs(path)[0])


def check_dot(figure: GraphFigure) -> None:
    done = subprocess.run(["dot", "-Tjson0"], input=dot(figure, BOOK).encode(), capture_output=True, check=True)
    assert b"rror" not in done.stderr
    graph = json.loads(done.stdout)
    objects = graph.get("objects", [])
    nodes = {each["_gvid"]: each for each in objects if "nodes" not in each and "subgraphs" not in each}
    nodes = {key: each for key, each in nodes.items() if not each["name"].startswith("cluster_")}
    wanted = sorted("|".join(map(squeezed, broken(words(node)))) for node in figure.nodes)
    assert sorted(from_dot(each["label"]) for each in nodes.values()) == wanted
    drawn = sorted(squeezed(from_dot(each.get("label", ""), " ")) for each in graph.get("edges", []))
    assert drawn == labels(figure)
    assert len(nodes) == len(figure.nodes)
    clusters = [each["name"] for each in objects if each["name"].startswith("cluster_")]
    assert sorted(clusters) == sorted(f"cluster_{branch.id}" for branch in branches(forest(figure)))
    ids = {leaf.node.id: leaf.id for leaf in leaves(forest(figure))}
    ends = sorted((nodes[each["tail"]]["name"], nodes[each["head"]]["name"]) for each in graph.get("edges", []))
    assert ends == sorted((ids[edge.tail], ids[edge.head]) for edge in figure.edges)


def from_dot(text: str, bar: str = "|") -> str:
    said = re.sub(r"\\(.)", lambda found: "\x01" if found[1] == "n" else found[1], text)
    return bar.join(squeezed(unescape(line)) for line in said.split("\x01"))


@needs_dot
@pytest.mark.parametrize("name", ["visual-search", "spam-filter"])
def test_the_script_draws_a_picture(name: str, tmp_path: Path) -> None:
    figure = graphs(ROOT / "blueprints" / f"{name}.yaml")[0]
    run_script(figure, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".py"] == ["system.png"]
    assert (tmp_path / "system.png").read_bytes().startswith(b"\x89PNG")


def run_script(figure: GraphFigure, folder: Path) -> None:
    path = folder / "draw.py"
    path.write_text(py(figure, BOOK), encoding="utf-8")
    done = subprocess.run([sys.executable, path.name], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# --- details ----------------------------------------------------------------------------------------------------------


def small(*nodes: Node, lanes: tuple[Lane, ...] = (), clusters: tuple[Cluster, ...] = ()) -> GraphFigure:
    return GraphFigure("system", "system", "Small", "", lanes, nodes, (), clusters)


def test_clusters_stand_in_lanes_and_in_each_other() -> None:
    lanes = (Lane("a", "A"), Lane("b", "B"), Lane("c", "Empty"))
    nodes = (Node("x", "X", lane="a"), Node("y", "Y", lane="a"), Node("z", "Z", lane="b"), Node("w", "W", lane="b"))
    clusters = (Cluster("out", "Out", ("x",)), Cluster("in", "In", ("y", "z"), parent="out"))
    figure = small(*nodes, lanes=lanes, clusters=clusters)
    assert [leaf.path for leaf in leaves(forest(figure))] == [
        ("lane_a", "group_out", "group_in", "n_y"),
        ("lane_a", "group_out", "n_x"),
        ("lane_b", "group_out_2", "group_in_2", "n_z"),
        ("lane_b", "n_w"),
    ]
    check_mermaid(figure)
    check_d2(figure)
    check_script(figure)


def test_ids_are_unlike_however_alike_names_are() -> None:
    figure = small(
        *(Node(name, name or "-") for name in ("a b", "A-B", "a_b", "漢字", "", "x" * 99, "x" * 98, "a_b_2"))
    )
    ids = [leaf.id for leaf in leaves(forest(figure))]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"n(_[a-z0-9]+)+", each) for each in ids)


@needs_dot
def test_lanes_of_one_title_and_classes_of_one_name_stay_apart_in_the_script(tmp_path: Path) -> None:
    nodes = (
        Node("x", "X", lane="a", tech="onprem.queue.kafka"),
        Node("y", "Y", lane="b", tech="aws.database.Redshift"),
        Node("z", "Z", lane="b", tech="alibabacloud.database.RelationalDatabaseService"),
    )
    figure = small(*nodes, lanes=(Lane("a", "Same"), Lane("b", "Same")))
    text = py(figure, BOOK)
    assert "Cluster('Same'" in text and "Cluster('lane_b', graph_attr={'label': 'Same'" in text
    check_script(figure)
    run_script(figure, tmp_path)


@pytest.mark.parametrize("format", TEXTS)
@pytest.mark.parametrize("theme", ["book", "dark"])
def test_all_outlines_styles_and_stresses_are_told_apart(format: str, theme: str) -> None:
    nodes = [Node(f"{shape} {stress}", "N", shape, stress=stress) for shape in SHAPES for stress in STRESSES]
    edges = [Edge(nodes[0].id, nodes[1].id, style, stress=stress) for style in STYLES for stress in STRESSES]
    figure = GraphFigure("system", "system", "All", "", (), tuple(nodes), tuple(edges))
    text = WRITERS[format](figure, THEMES[theme])
    colour = THEMES[theme].colour
    used = {"ink", "muted", "highlight", "model.fill", "edge.deploy", "edge.feedback", "edge.human", "add", "remove"}
    assert {role for role in used if colour(role) not in text} == set()
    assert WRITERS[format](figure, THEMES[theme]) == text


def test_what_notes_say_is_kept() -> None:
    figure = small(Node("x", "X", note="Says why"))
    assert "%% n_x: Says why" in mmd(figure, BOOK)
    assert "# Says why" in d2(figure, BOOK)
    assert 'tooltip="Says why"' in dot(figure, BOOK)
    assert "# Says why" in py(figure, BOOK)


def test_a_figure_without_boxes_is_a_text_all_the_same(tmp_path: Path) -> None:
    figure = small()
    check_mermaid(figure)
    check_d2(figure)
    compile(py(figure, BOOK), "draw.py", "exec")
    assert dot(figure, BOOK).startswith("digraph")


# --- which figures have them ------------------------------------------------------------------------------------------

CASE = ROOT / "tests" / "figures" / "funnel.yaml"


def test_figures_say_which_formats_they_have(tmp_path: Path) -> None:
    document = archkit.load(ROOT / "tests" / "figures" / "system.yaml")
    assert document.figure("system").formats == FORMATS
    funnel = archkit.load(CASE).figure("funnel")
    assert funnel.formats == ("svg", "png", "pdf", "drawio", "excalidraw")
    for format in TEXTS:
        with pytest.raises(ValueError, match=f"no graph .*`{format}`; it can as svg, png, pdf, drawio, excalidraw"):
            funnel.encode(format)
        path = document.render("system", tmp_path / f"system.{format}")
        assert path.read_bytes() == document.figure("system").encode(format)
    assert plain("a\nb") == "a b"
