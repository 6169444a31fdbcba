"""Limits of the YAML reader hold before memory or stack do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from yaml_trees import codes, parse

from archkit.source import Span
from archkit.yamltree import MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_NODES, Mapping, decode


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
