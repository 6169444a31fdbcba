"""The YAML reader: trees with exact spans, and findings that say what is wrong and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from yaml_cases import FOLDER, Case, cases, render, written
from yaml_trees import BLUEPRINT, codes, parse, walk

from archkit.source import Source, Span
from archkit.yamltree import CODES, Mapping, Node, Scalar, Sequence, read, reader


def cut_out(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


# The corpus -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_corpus(case: Case) -> None:
    assert render(case.text) == case.expected


# The other parser has rules of its own about tabs and about colons in brackets, and takes any directive.
OTHERWISE = {"indentation: tabs after colons and in texts are fine", "starts: directive in the middle"}
OTHERWISE |= {"starts: directive at the top", "colons: a colon glued to a bracket"}
OTHERWISE |= {"colons: nothing after a colon in brackets"}


@pytest.mark.parametrize("case", [case for case in cases() if case.title not in OTHERWISE], ids=lambda case: case.title)
def test_corpus_without_libyaml(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOADER", yaml.SafeLoader)
    assert render(case.text) == case.expected


def test_corpus_is_there_and_names_its_cases_once() -> None:
    titles = [case.title for case in cases()]
    assert len(titles) == len(set(titles)) > 130
    assert len(list(FOLDER.iterdir())) == len({title.split(":")[0] for title in titles})


def test_no_message_speaks_the_parser_s_language() -> None:
    jargon = re.compile(
        r"token|scalar|block (mapping|sequence|end)|flow (mapping|sequence)|simple key|node|stream|scan"
    )
    for case in cases():
        for finding in parse(written(case.text))[1]:
            for words in (finding.message, finding.hint, *(note.message for note in finding.notes)):
                assert not jargon.search(words), words
                assert words and not words.endswith("."), words


# Documentation of codes -----------------------------------------------------------------------------------------------


def test_every_code_used_is_documented_and_the_other_way_round() -> None:
    sources = [path.read_text("utf-8") for path in Path(reader.__file__).parent.glob("*.py") if path.name != "codes.py"]
    used = set(re.findall(r'"(YML\d{3})"', "\n".join(sources)))
    assert set(CODES) == used == {f"YML{number:03}" for number in range(1, len(CODES) + 1)}


@pytest.mark.parametrize("code", CODES)
def test_documentation_has_an_example_that_fails_and_one_that_is_repaired(code: str) -> None:
    title, page = CODES[code]
    assert title and not title.endswith(".") and len(title) < 50
    assert len(page) > 80
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    if code in ("YML001", "YML002", "YML003", "YML004", "YML005", "YML006", "YML030"):
        assert not examples
        return
    *wrong, repaired = examples
    assert codes(repaired) == []
    if code != "YML027":
        assert codes(wrong[0]) == [code]


# Spans ----------------------------------------------------------------------------------------------------------------


def test_scalars_span_exactly_what_is_written() -> None:
    text = 'a: plain text  # c\n"b": \'single\'\nc: "dou\\tble"\nd: &x !!str anchored\ne: *x\n'
    text += "f: >-\n  folded\n  text\n\n\ng:\n"
    root, found = parse(text)
    assert found == []
    assert isinstance(root, Mapping)
    assert [(cut_out(text, key), cut_out(text, value)) for key, value in root.entries] == [
        ("a", "plain text"),
        ('"b"', "'single'"),
        ("c", '"dou\\tble"'),
        ("d", "anchored"),
        ("e", "anchored"),
        ("f", ">-\n  folded\n  text"),
        ("g", ""),
    ]
    assert [value.text for _, value in root.entries if isinstance(value, Scalar)] == [
        "plain text", "single", "dou\tble", "anchored", "anchored", "folded text", "",
    ]  # fmt: skip
    assert [value.plain for _, value in root.entries if isinstance(value, Scalar)] == [
        True, False, False, False, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a: {b: 1, c: 2}  # x\n", "{b: 1, c: 2}"),
        ("a: &x [b, c] # x\nd: *x", "[b, c]"),
        ("a:\n  b: 1\n  c: 2  # x\n\n# y\nd: 3", "b: 1\n  c: 2"),
        ("a:\n  - b\n  - c # x\n\n# y\nd: 3", "- b\n  - c"),
        ("a:\n- b\n- c\nd: 3", "- b\n- c"),
        ("a: &x\n- b\n- c\nd: *x", "- b\n- c"),
        ("a: &x # y\n  b: c\nd: *x", "b: c"),
        ("a:\n  b:\n    c: |\n      text\n\n\nd: 3", "b:\n    c: |\n      text"),
        ("a:\n  b: [c,\n    d]\n  # x\nd: 3", "b: [c,\n    d]"),
        ("a:\n  b: &x 1\n  c: *x\nd: 3", "b: &x 1\n  c: *x"),
        ("a:\n  b:\n\nd: 3", "b:"),
        ("a: !!map {}\nd: 3", "{}"),
    ],
)
def test_collections_span_from_their_first_to_their_last_sign(text: str, span: str) -> None:
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reader, "LOADER", loader)
            root, found = parse(text)
        assert found == []
        assert isinstance(root, Mapping)
        assert cut_out(text, root.entries[0][1]) == span


def test_offsets_count_code_points() -> None:
    text = "é😀: '😀x'\nb: [😀😀 z, 𝔘]\n"
    root, _ = parse(text)
    words = [cut_out(text, node) for node in walk(root) if isinstance(node, Scalar)]
    assert words == ["é😀", "'😀x'", "b", "😀😀 z", "𝔘"]


def test_spans_know_their_file() -> None:
    root, found = read(Source("x.yaml", "a: [1, {b: *c}]\nd: 1\nd: 2"), 3)
    assert {node.span.source for node in walk(root)} == {3}
    assert [finding.span.source for finding in found if finding.span] == [3, 3]
    assert found[1].notes[0].span == Span(16, 17, 3)


def test_a_leftover_byte_order_mark_shifts_nothing() -> None:
    text = "\ufeffa: b\nc: d"
    root, found = parse(text)
    assert [cut_out(text, node) for node in walk(root) if isinstance(node, Scalar)] == ["a", "b", "c", "d"]
    assert found == []


def test_line_ends_of_other_systems_in_a_source_shift_nothing() -> None:
    text = "a:\r\n  b: c\r\nd: 'e'\r\n"
    root, found = parse(text)
    assert [cut_out(text, node) for node in walk(root) if isinstance(node, Scalar)] == ["a", "b", "c", "d", "'e'"]
    assert found == []


def test_plain_texts_of_the_large_blueprint_stand_where_they_say() -> None:
    root, found = parse(BLUEPRINT)
    assert found == []
    plain = [node for node in walk(root) if isinstance(node, Scalar) and node.plain]
    assert len(plain) > 2000
    for node in plain:
        assert " ".join(cut_out(BLUEPRINT, node).split()) == node.text


def test_tree_holds_what_another_loader_finds() -> None:
    def value(node: Node) -> object:
        if isinstance(node, Scalar):
            return node.text
        if isinstance(node, Sequence):
            return [value(item) for item in node.items]
        return {key.text: value(inner) for key, inner in node.entries}

    root, _ = parse(BLUEPRINT)
    assert root is not None
    assert value(root) == yaml.load(BLUEPRINT, Loader=yaml.CBaseLoader)


# Aliases share, sections fail alone -----------------------------------------------------------------------------------


def test_an_alias_is_the_same_object() -> None:
    root, _ = parse("a: &a {x: [1]}\nb: *a\nc: {<<: *a}")
    assert isinstance(root, Mapping)
    (_, a), (_, b), (_, c) = root.entries
    assert a is b
    assert isinstance(a, Mapping) and isinstance(c, Mapping)
    assert c.entries[0] is a.entries[0]


def test_broken_sections_do_not_hide_those_of_others() -> None:
    text = "title: a: b\ndata:\n  x: [1\nmodel:\n  y: 1\n  y: 2\nserving: {z: 'q}\nfigures: [f]"
    root, found = parse(text)
    assert [finding.code for finding in found] == ["YML017", "YML016", "YML007", "YML015"]
    assert isinstance(root, Mapping) and root.partial
    assert [key.text for key, _ in root.entries] == ["model", "figures"]
    assert [cut_out(text, key) for key, _ in root.entries] == ["model", "figures"]


def test_a_section_that_is_passed_over_may_hold_the_anchors_of_another() -> None:
    assert codes("a: &a 1\nb: {c: &b 1}: d\ne: [*a, *b]\nf: &f x") == ["YML017"]


def test_many_broken_sections_end_the_reading() -> None:
    root, found = parse("".join(f"s{n}: a: b\n" for n in range(100)))
    assert root is None
    assert 5 < len(found) < 20
