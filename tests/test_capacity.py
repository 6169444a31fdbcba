"""The capacity sheet: what stands on it, which numbers are estimates, and its three formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

from archkit.capacity import Row, sheet
from archkit.document import Document, load, loads
from archkit.report import sheet as written

BLUEPRINTS = sorted((Path(__file__).parent.parent / "blueprints").glob("*.yaml"))
FEED = """blueprint: 1
title: A | feed
requirements:
  scale: {daily_active_users: 2B, requests_per_user_per_day: ~2, peak_factor: 3}
  latency: {p99: 200 ms}
architecture:
  lanes:
    inference:
      viewer: user
      ranker: {type: ranker, in: 2000, out: 25, latency: {p99: 60 ms}, replicas: 1300, throughput: 100k posts / s}
      ann.v2: {type: ann_index, items: 1B, dim: 128}
  flows: [viewer -> ranker -> viewer, ann.v2 -> ranker]
assumptions:
  requirements.scale.peak_factor: evenings
  architecture.lanes.inference.ann.v2: a guess
"""


def rows(document: Document) -> dict[str, Row]:
    assert document.blueprint is not None
    return {row.number.key: row for section in sheet(document.blueprint) for row in section.rows}


def test_each_number_has_its_formula_inputs_and_assumptions() -> None:
    found = rows(loads(FEED))
    peak = found["traffic.peak_qps"]
    assert peak.number.working() == "138,889/s = 46,296/s × 3"
    assert [each.name for each in peak.number.inputs] == [
        "daily active users",
        "requests per user and day",
        "peak factor",
    ]
    size = found["size.ann.v2"].number
    assert size.working() == "512 GB = 1B × 128 × 4 bytes"
    assert size.assumptions == ("4 bytes for each number of a vector",)
    assert found["items.ranker"].number.working() == "278M/s = 138,889/s × 2000"
    assert found["latency.left"].number.working() == "140 ms = 200 ms − 60 ms"


@pytest.mark.parametrize(("tier", "whole"), [("offline", "one input of the batch"), ("online", "one request")])
def test_what_is_computed_in_a_batch_is_computed_for_its_inputs(tier: str, whole: str) -> None:
    scorer = f"{{type: ranker, tier: {tier}, in: 2000, out: 25, cost_per_item: 2 us}}"
    lanes = f"{{nightly: {{role: inference, components: {{a: {scorer}}}}}}}"
    text = f"blueprint: 1\ntitle: T\narchitecture: {{lanes: {lanes}}}\n"
    assert rows(loads(text))["scoring.a"].number.name == f"Computing time of `a` for {whole}"


def test_estimates_are_marked_with_the_reason() -> None:
    found = rows(loads(FEED))
    reasons = {each.name: why for key in ("traffic.peak_qps", "size.ann.v2") for each, why in found[key].estimated}
    assert reasons == {
        "requests per user and day": "written as about so many",
        "peak factor": "evenings",
        "items in `ann.v2`": "a guess",
        "dimension of `ann.v2`": "a guess",
    }
    assert not found["traffic.requests_per_day"].sure
    exact = rows(loads(FEED.replace("~2", "2")))
    assert exact["traffic.average_qps"].sure and not exact["traffic.peak_qps"].sure


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_numbers_of_shipped_blueprints(path: Path) -> None:
    document = load(path)
    assert document.blueprint is not None
    sections = sheet(document.blueprint)
    keys = [row.number.key for section in sections for row in section.rows]
    assert len(keys) == len(set(keys)), "keys tell numbers apart"
    for section in sections:
        for row in section.rows:
            assert row.number.formula and row.number.inputs, row
            for each in row.number.inputs:
                text = document.sources[each.span.source].text[each.span.start : each.span.end]
                assert text.strip("\"'") == each.value.text, f"{each.name} stands elsewhere"
    for name in ("text", "as_json", "markdown"):
        assert getattr(written, name)(sections, document.sources, *([] if name == "text" else [path.stem]))


@pytest.mark.usefixtures("in_folder")
def test_text(capsys: Out) -> None:
    put("feed.yaml", FEED)
    code, out, err = run(capsys, "capacity", "feed.yaml")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert "≈ Peak requests per second 138,889/s = 46,296/s × 3" in lines
    assert "Left of the required p99 140 ms = 200 ms − 60 ms" in [line.removeprefix("≈ ") for line in lines]
    assert "≈ peak factor 3 line 4" in lines
    assert "peak factor 3: evenings" in lines
    assert "assumed: 4 bytes for each number of a vector" in lines


@pytest.mark.usefixtures("in_folder")
def test_json(capsys: Out) -> None:
    put("feed.yaml", FEED)
    code, out, _ = run(capsys, "capacity", "feed.yaml", "--format", "json")
    found = json.loads(out)
    assert code == 0 and out.isascii() and found["version"] == 1 and found["title"] == "A | feed"
    numbers = {number["key"]: number for section in found["sections"] for number in section["numbers"]}
    peak = numbers["traffic.peak_qps"]
    assert peak["value"]["unit"] == "1/s" and round(peak["value"]["number"]) == 138_889
    assert peak["estimate"] is True and peak["formula"] == "46,296/s × 3"
    factor = peak["inputs"][-1]
    assert (factor["name"], factor["estimate"], factor["line"], factor["column"]) == ("peak factor", "evenings", 4, 79)


@pytest.mark.usefixtures("in_folder")
def test_markdown_escapes_what_would_be_markup(capsys: Out) -> None:
    put("feed.yaml", FEED.replace("evenings", "<b>*loud*</b> \\x1b"))
    code, _, err = run(capsys, "capacity", "feed.yaml", "--format", "markdown", "-o", "out/sheet.md")
    text = Path("out/sheet.md").read_text("utf-8") if code == 0 else err
    assert text.startswith("# Capacity of A \\| feed\n")
    assert "| ≈ | Peak requests per second | 138,889/s | 46,296/s × 3 |" in text
    assert "<b>" not in text and "\\*loud\\*" in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.replace("\\|", "").count("|") == 5 for line in table)


@pytest.mark.usefixtures("in_folder")
def test_a_blueprint_without_numbers_says_what_is_missing(capsys: Out) -> None:
    put("spam.yaml")
    code, out, _ = run(capsys, "capacity", "spam.yaml")
    assert code == 0 and out.startswith("nothing can be derived yet")


@pytest.mark.usefixtures("in_folder")
def test_errors_of_the_blueprint_are_told(capsys: Out) -> None:
    put("bad.yaml", FEED.replace("peak_factor: 3", "peak_factor: three"))
    code, out, err = run(capsys, "capacity", "bad.yaml")
    assert code == 1 and "Average requests per second" in out and "the blueprint has errors" in err
    assert run(capsys, "capacity", "none.yaml")[0] == 2
    put("list.yaml", "- 1")
    code, out, err = run(capsys, "capacity", "list.yaml")
    assert code == 1 and out == "" and "LNG017" in err


@pytest.mark.usefixtures("in_folder")
def test_controls_of_a_terminal_do_not_reach_it(capsys: Out) -> None:
    put("feed.yaml", FEED.replace("evenings", '"\\e[2Jgone"'))
    _, out, _ = run(capsys, "capacity", "feed.yaml")
    assert "\x1b" not in out and "\\u{1b}[2Jgone" in out
