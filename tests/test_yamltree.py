"""The YAML reader: trees with exact spans, limits that hold, and findings for any content whatever."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_cases import FOLDER, Case, cases, render, written

from archkit.diagnostics import Diagnostic, Severity
from archkit.source import Source, Span
from archkit.yamltree import (
    CODES,
    MAX_ALIASES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    decode,
    read,
    reader,
)

BLUEPRINT = (Path(__file__).parents[1] / "blueprints" / "video-recommendation.yaml").read_text("utf-8")


def parse(text: str) -> tuple[Node | None, list[Diagnostic]]:
    return read(Source("x.yaml", text))


def codes(text: str) -> list[str]:
    return [finding.code for finding in parse(text)[1]]


def walk(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from walk(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from walk(item)


def cut_out(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


# The corpus ----------------------------------------------------------------------------------------------------------


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


# Documentation of codes ----------------------------------------------------------------------------------------------


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


# Spans ---------------------------------------------------------------------------------------------------------------


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


# Decoding ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "a: é\nb: 😀\n".encode(),
        "a: é\r\nb: 😀\r\n".encode(),
        "a: é\rb: 😀\r".encode(),
        "\ufeffa: é\nb: 😀\n".encode(),
        "\ufeffa: é\r\nb: 😀\n".encode("utf-16-le"),
        "\ufeffa: é\nb: 😀\n".encode("utf-16-be"),
        "\ufeffa: é\nb: 😀\n".encode("utf-32-le"),
        "\ufeffa: é\nb: 😀\n".encode("utf-32-be"),
        "a: é\nb: 😀\n".encode("utf-16-le"),
        "a: é\nb: 😀\n".encode("utf-16-be"),
        "a: é\nb: 😀\n".encode("utf-32-le"),
        "a: é\nb: 😀\n".encode("utf-32-be"),
    ],
)
def test_decoding(data: bytes) -> None:
    source, found = decode(data, "x.yaml")
    assert (source.name, source.text, found) == ("x.yaml", "a: é\nb: 😀\n", [])


def test_undecodable_byte_has_its_place() -> None:
    source, (finding,) = decode(b"title: x\r\nsummary: caf" + b"\xe9\r\n", "x.yaml", 2)
    assert source.text == "title: x\nsummary: caf\ufffd\n"
    assert (finding.code, finding.severity) == ("YML001", Severity.ERROR)
    assert finding.span == Span(21, 22, 2)
    assert source.position(21) == (2, 13)
    assert "0xE9" in finding.message
    assert "`é`" in finding.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        (b"a: \xc3", "0xC3"),
        (b"\xff\xfea\0:\0 \0b", "UTF-16"),
        (b"\xff\xfe\x00\xd8a\0", "UTF-16"),
        (b"\xed\xa0\x80", "0xED"),
    ],
)
def test_undecodable_files(data: bytes, words: str) -> None:
    source, (finding,) = decode(data, "x.yaml")
    assert words in finding.message
    assert finding.span is not None
    assert source.text[finding.span.start : finding.span.end]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded_and_read(data: bytes) -> None:
    source, found = decode(data, "x.yaml")
    _, more = read(source)
    for finding in (*found, *more):
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(source.text)


# Limits --------------------------------------------------------------------------------------------------------------


def nested(levels: int) -> str:
    return "a: " + "[" * levels + "]" * levels


def test_depth_limit() -> None:
    assert codes(nested(MAX_DEPTH - 1)) == []
    root, found = parse(nested(MAX_DEPTH))
    assert root is None
    assert [finding.code for finding in found] == ["YML004"]
    assert found[0].span == Span(3 + MAX_DEPTH - 1, 3 + MAX_DEPTH, 0)


def test_depth_limit_counts_what_aliases_stand_for() -> None:
    half = MAX_DEPTH // 2
    text = f"a: &a {'[' * half}{']' * half}\nb: {'[' * half}*a{']' * half}"
    assert codes(text) == ["YML004"]
    assert codes(text.replace("[*a]", "*a")) == []
    root, _ = parse(text)
    assert isinstance(root, Mapping) and root.partial


def test_node_limit() -> None:
    fits = "[" + "a," * (MAX_NODES - 1) + "]"
    assert codes(fits) == []
    root, found = parse("[a," + fits[1:])
    assert root is None
    assert [finding.code for finding in found] == ["YML005"]
    assert "alias" not in found[0].message


def test_aliases_of_aliases_count_as_what_they_stand_for() -> None:
    lists = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    merges = [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}], k{n}: 1}}" for n in range(1, 20)]
    for text in ("\n".join(["a0: &a0 [x, x]", *lists]), "\n".join(["a0: &a0 {x: 1}", *merges])):
        root, found = parse(text)
        assert root is None
        assert [finding.code for finding in found] == ["YML005"]
        assert "aliases" in found[0].message


def test_alias_limit() -> None:
    text = "a: &a 1\nb: [" + "*a, " * MAX_ALIASES
    assert codes(text + "]") == []
    assert codes(text + "*a]") == ["YML006"]


def test_size_limit() -> None:
    fits = "a: " + "x" * (MAX_BYTES - 3)
    assert codes(fits) == []
    assert codes(fits + "x") == ["YML003"]
    assert codes("a: " + "é" * (MAX_BYTES // 2 - 2)) == []
    assert codes("a: " + "é" * (MAX_BYTES // 2)) == ["YML003"]
    source, found = decode(b"a: " + b"\xc3\xa9" * MAX_BYTES, "x.yaml")
    assert found == [] and codes(source.text) == ["YML003"]


@pytest.mark.parametrize(
    "make",
    ["'[' * n", "'[' * n + ']' * n", "'- ' * n", "'{a: ' * n", "'? ' * n", "'[{' * n", "'!!seq [' * n"],
)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_deep_nesting_does_not_kill_the_process(make: str, loader: str) -> None:
    program = (
        "import yaml; from archkit.yamltree import read, reader; from archkit.source import Source\n"
        f"n = 100_000; reader.LOADER = yaml.{loader}\n"
        f"print(read(Source('x', {make}))[1][0].code)"
    )
    # Another process, because what is feared is a stack overflow in C.
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "YML004")


def test_deep_indentation_does_not_kill_the_process() -> None:
    assert codes("\n".join(" " * level + "a:" for level in range(3000))) == ["YML004"]
    assert codes("\n".join(" " * level + "-" for level in range(3000))) == ["YML004"]


# Aliases share, sections fail alone ----------------------------------------------------------------------------------


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


# Fuzzing -------------------------------------------------------------------------------------------------------------


def check(text: str) -> None:
    root, found = parse(text)
    for finding in found:
        assert finding.code in CODES
        assert finding.message and finding.hint
        for span in (finding.span, *(note.span for note in finding.notes)):
            assert span is not None
            assert 0 <= span.start <= span.end <= len(text)
    if root is None:
        assert any(finding.severity is Severity.ERROR for finding in found)
    assert sorted(found, key=lambda finding: finding.span or (0, 0)) == found
    for node in walk(root):
        assert 0 <= node.span.start <= node.span.end <= len(text)


SIGNS = "[]{}:,'\"#&*!|>%@`-?~\\ \t\n<=.0aé😀\0\x85\u2028\ufeff\ud800"


@given(st.text(max_size=80) | st.text(alphabet=SIGNS, max_size=60))
@settings(max_examples=1500, deadline=None)
def test_any_text_is_read_or_explained(text: str) -> None:
    check(text)


@given(
    st.lists(
        st.sampled_from(
            [
                *"[]{},:?-&*!|>'\"%@`#",
                ": ",
                "- ",
                "\n",
                "\n  ",
                "\n\t",
                "a",
                "&a ",
                "*a",
                "<<: ",
                "---\n",
                "...\n",
                "!!str ",
            ]
        )
    )
)
@settings(max_examples=1500, deadline=None)
def test_any_row_of_signs_is_read_or_explained(signs: list[str]) -> None:
    check("".join(signs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "LOADER", yaml.SafeLoader)
        check("".join(signs))


def test_slips_in_a_real_file_are_found_near_their_line() -> None:
    """Change one sign at a time in a large blueprint; nearly always the line of the slip is the one that is shown."""
    chance = random.Random(7)
    near = far = unknown = 0
    for _ in range(250):
        at = chance.randrange(len(BLUEPRINT))
        sign = chance.choice([*"[]{}:,'\"#&*!|>%@`-\t", ": ", ""])
        text = BLUEPRINT[:at] + sign + BLUEPRINT[at + chance.randrange(2) :]
        root, found = parse(text)
        if not found:
            continue
        source = Source("x.yaml", text)
        lines = [source.position(finding.span.start)[0] for finding in found if finding.span]
        near += min(abs(line - source.position(at)[0]) for line in lines) <= 1
        far += min(abs(line - source.position(at)[0]) for line in lines) > 1
        unknown += any(finding.code == "YML030" for finding in found)
        assert root is not None
        assert len(found) <= 3
    assert near > 50
    assert far <= near / 20
    assert unknown == 0


class Broken:
    """A parser that fails as parsers have been seen to fail."""

    error: Exception = ValueError()

    def __init__(self, text: str) -> None:
        self.text = text

    def get_event(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        AttributeError("x"),
        KeyError("x"),
        IndexError("x"),
        ValueError("x"),
        OverflowError("x"),
        RecursionError("x"),
        TypeError("x"),
        UnicodeDecodeError("utf-8", b"x", 0, 1, "x"),
        UnicodeEncodeError("utf-8", "x", 0, 1, "x"),
        yaml.YAMLError("x"),
        yaml.MarkedYAMLError("x"),
        yaml.reader.ReaderError("x", 0, 0, "x", "x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_parser_raises_becomes_a_finding(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Broken, "error", error)
    monkeypatch.setattr(reader, "LOADER", Broken)
    root, found = parse("a: b")
    assert root is None
    assert [finding.code for finding in found] == ["YML030"]
    assert found[0].hint
