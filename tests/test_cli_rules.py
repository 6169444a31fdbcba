"""Rules on the command line: listing them, explaining one, judging by a profile."""

import json

import pytest
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

from archkit import rules

pytestmark = pytest.mark.usefixtures("in_folder")

CIRCLE = """\
blueprint: 1
title: A circle
architecture:
  lanes:
    inference: {app: client_app, ranker: ranker, rerank: re_ranker, explorer: explorer}
  flows:
    - app -> ranker -> rerank -> explorer -> ranker
"""


def test_rules_are_listed(capsys: Out) -> None:
    code, out, err = run(capsys, "rules")
    lines = out.splitlines()
    assert (code, err) == (0, "") and lines[0].split()[:3] == ["CODE", "SEVERITY", "STEP"]
    assert [line.split()[0] for line in lines[1:] if line[0] != " "] == list(rules.modules())
    assert any(line.startswith("STR08   error     serving  ") for line in lines)
    assert max(map(len, lines)) <= 120


def test_rules_as_json(capsys: Out) -> None:
    _, out, _ = run(capsys, "rules", "--format", "json")
    listed = {each["code"]: each for each in json.loads(out)}
    assert list(listed) == list(rules.modules())
    assert listed["STR12"] | {"text": ""} == {
        "code": "STR12",
        "severity": "warning",
        "step": "serving",
        "profiles": ["production"],
        "title": "A single replica can stop every answer",
        "text": "",
    }
    assert "Source: " in listed["STR12"]["text"]


def test_a_profile_lists_those_that_count(capsys: Out) -> None:
    counts = {}
    for profile in rules.PROFILES:
        _, out, _ = run(capsys, "rules", "--profile", profile, "--format", "json")
        counts[profile] = {each["code"] for each in json.loads(out)}
    assert counts["sketch"] < counts["interview"] < counts["production"] == set(rules.modules())
    assert "STR08" in counts["sketch"] and "STR12" not in counts["interview"]
    code, _, err = run(capsys, "rules", "--profile", "sketchy")
    assert code == 2 and "did you mean `sketch`?" in err


def test_a_rule_is_explained(capsys: Out) -> None:
    code, out, _ = run(capsys, "explain", "str01")
    assert code == 0 and out.startswith("STR01: No way leads from data over training to a model registry\n\n")
    assert "Reported:\n\n```yaml\n" in out and "Fine:\n\n```yaml\n" in out and "\nSource: " in out


def test_a_design_is_judged_as_suits_it(capsys: Out) -> None:
    code, out, _ = run(capsys, "validate", put("circle.yaml", CIRCLE))
    assert code == 1 and "error[STR08]: each waits for the next" in out and "STR01" not in out
    _, out, _ = run(
        capsys, "validate", put("circle.yaml", CIRCLE + "requirements: {goal: x}\nserving: {mode: online}\n")
    )
    assert "STR08" in out and "STR01" in out and "SRV04" in out


def test_a_profile_is_stricter_or_laxer(capsys: Out) -> None:
    put("circle.yaml", CIRCLE + "requirements: {goal: x}\nserving: {mode: online}\n")
    _, out, _ = run(capsys, "validate", "circle.yaml", "--profile", "sketch", "--format", "json")
    assert {each["code"] for each in json.loads(out)["findings"]} == {"STR08"}
    _, out, _ = run(capsys, "validate", "circle.yaml", "--profile", "production", "--format", "json")
    assert {"STR01", "STR08", "SRV04"} <= {each["code"] for each in json.loads(out)["findings"]}
    code, _, err = run(capsys, "validate", "circle.yaml", "--profile", "interviews")
    assert code == 2 and "did you mean `interview`?" in err


def test_rules_leave_alone_what_cannot_be_read(capsys: Out) -> None:
    text = CIRCLE.replace("explorer: explorer", "explorer: exploror") + "serving: {mode: online, rollbak: x}\n"
    _, out, _ = run(capsys, "validate", put("broken.yaml", text), "--profile", "production", "--format", "json")
    codes = {each["code"] for each in json.loads(out)["findings"]}
    assert {"LNG001", "LNG008"} <= codes
    assert not {code for code in codes if code.startswith(("STR", "SRV"))}
    _, out, _ = run(capsys, "validate", put("half.yaml", CIRCLE + "serving: {mode: onlin}\n"), "--format", "json")
    codes = {each["code"] for each in json.loads(out)["findings"]}
    assert "LNG004" in codes and "STR08" in codes, "an error in one section hides nothing in another"


def test_drawing_asks_no_rules(capsys: Out) -> None:
    code, _, err = run(capsys, "render", put("circle.yaml", CIRCLE), "--figure", "system")
    assert code == 0 and "STR08" not in err


def test_waivers(capsys: Out) -> None:
    accepted = CIRCLE.replace("architecture:\n", "architecture:\n  waive: {STR08: bounded elsewhere}\n")
    code, out, _ = run(capsys, "validate", put("a.yaml", accepted))
    assert (code, out) == (0, "")
    idle = CIRCLE.replace("explorer -> ranker", "explorer")
    _, out, _ = run(
        capsys, "validate", put("b.yaml", idle + "waive: {STR08: an old one, STR88: a slip, FNT001: fine}\n")
    )
    assert "warning[WVR01]: this waiver of `STR08` silences nothing" in out
    assert "warning[WVR02]: there is no rule `STR88` to waive" in out and "did you mean `STR08`?" in out
    assert out.count("WVR0") == 2
