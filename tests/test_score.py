"""The score: its arithmetic, that it never falls when a design gets better, the command, the page."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from rulecases import BLUEPRINTS, FOLDER, cases, complete, read
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

import archkit
from archkit import rules
from archkit.blueprint import ARCHETYPES, Blueprint
from archkit.reference_score import score_page
from archkit.score import NEEDED, PARTS, READS, WEIGHTS, kinds, score
from archkit.starters import starter

STARTERS = {name: starter(name, "A title") for name in ARCHETYPES}
FAILING = [case for path in sorted(FOLDER.glob("*.yaml")) for case in cases(path) if case.kind == "fails"]
COMPLETE = [path for path in BLUEPRINTS if path.stem != "spam-filter"]


def blueprint(text: str) -> Blueprint:
    found = read(text).blueprint
    assert found is not None
    return found


# the arithmetic

SMALL = complete("archetype: classification\nserving: {mode: batch}\nevaluation: {offline: {recall: 0.9}}\n")


def test_parts_and_rules_of_a_step_add_up() -> None:
    found = score(blueprint(SMALL), "interview")
    steps = {step.id: step for step in found.steps}
    # offline is written, and EVA01 and EVA08 … of these, those rules hold that read nothing missing: none.
    parts = 4
    needed = {"EVA01": 3, "EVA02": 3, "EVA06": 3, "EVA07": 2, "STR11": 3}
    assert (steps["evaluation"].earned, steps["evaluation"].possible) == (1, parts + sum(needed.values()))
    assert steps["monitoring"].earned == 0 and steps["monitoring"].share == 0


def test_the_total_is_the_weighted_mean_of_the_steps() -> None:
    for profile in rules.PROFILES:
        found = score(blueprint(STARTERS["search"]), profile)
        counted = [step for step in found.steps if step.possible]
        total = sum(step.weight * Fraction(step.earned, step.possible) for step in counted)
        assert found.total == total / sum(step.weight for step in counted)
        assert [step.id for step in found.steps] == list(rules.STEPS)
        assert [step.weight for step in found.steps] == list(WEIGHTS[profile])


def test_weights_are_points_of_100() -> None:
    assert {sum(weights) for weights in WEIGHTS.values()} == {100} and set(WEIGHTS) == set(rules.PROFILES)


def test_the_tables_name_what_there_is() -> None:
    parts = {f"{section} {name}" for section, names, _ in PARTS for name in names.split()}
    for part in parts:
        section, name = part.split()
        assert hasattr(getattr(Blueprint.__new__(Blueprint), section), name), part
    codes = [code for group, _ in NEEDED for code in group.split()]
    assert set(codes) <= set(rules.modules()) and len(codes) == len(set(codes))
    for part, read_by in READS:
        assert part in parts and set(read_by.split()) <= set(rules.modules())
    words = {word for *_, words in (*PARTS, *NEEDED) for word in words.split()}
    known = {each for text in (SMALL, *STARTERS.values()) for each in kinds(blueprint(text), "production")}
    assert words == known


def test_nothing_is_worth_nothing() -> None:
    found = score(blueprint(complete("archetype: recommendation\n")), "production")
    assert found.total == 0 and found.points == 0
    assert {gain.what for gain in found.gains} >= {f"there is no section `{step}`" for step in rules.STEPS}


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_complete_blueprints_have_nearly_all_points(path: Path) -> None:
    for profile in ("interview", "production"):
        found = score(blueprint(path.read_text("utf-8")), profile)
        assert found.points >= 98, found.gains


@pytest.mark.parametrize("name", ARCHETYPES)
def test_no_kind_of_system_is_asked_for_what_makes_no_sense_for_it(name: str) -> None:
    found = score(blueprint(STARTERS[name]), "interview")
    assert found.points >= 95, found.gains
    assert not [gain for gain in found.gains if gain.code and gain.span is None], "a needed rule does not apply"


def test_a_waived_finding_counts_as_repaired() -> None:
    text = STARTERS["search"].replace("\nslices:", "\n# slices:").replace("  slices:", "  # slices:")
    without, waived = blueprint(text), blueprint(text + "\nwaive: {EVA07: all queries are alike}\n")
    assert score(waived, "interview").total > score(without, "interview").total


def test_a_sketch_is_judged_by_its_arrows() -> None:
    found = score(blueprint(complete("architecture: {flows: [mail -> classifier -> inbox]}\n")))
    assert found.profile == "sketch" and found.points == 100
    assert all(step.share is None for step in found.steps if step.id in ("requirements", "evaluation"))


def test_whole_points_are_rounded_down() -> None:
    text = STARTERS["recommendation"]
    found = score(blueprint(text), "production")
    assert 98 <= found.total * 100 < 100 and found.points == int(found.total * 100)


# it never falls when a design gets better


@pytest.mark.parametrize("profile", ["interview", "production"])
def test_a_finding_less_never_lowers_it(profile: rules.Profile) -> None:
    rose = 0
    for text in (*(case.text for case in FAILING[::6]), *STARTERS.values()):
        design = blueprint(text)
        found = rules.run(design, profile)
        before = score(design, profile, found)
        for number in range(len(found)):
            after = score(design, profile, found[:number] + found[number + 1 :])
            assert after.total >= before.total, (text, found[number])
            assert all(b.earned >= a.earned for a, b in zip(before.steps, after.steps, strict=True))
            rose += after.total > before.total
    assert rose > 20


def cuts(text: str) -> Iterator[tuple[str, str]]:
    """Yield a blueprint without one of its sections or needed parts; not without what decides its kind."""
    parts = {(section, name) for section, names, _ in PARTS for name in names.split()}
    lines = text.splitlines(keepends=True)
    section = ""
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        key = line.strip().split(":")[0]
        if indent == 0 and line[:1].isalpha():
            section = key
        wanted = (indent == 0 and key in (*rules.STEPS, "architecture")) or (indent == 2 and (section, key) in parts)
        if not wanted or key in ("serving", "mode"):
            continue
        end = number + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * (indent + 1))):
            end += 1
        yield f"{section}.{key}", "".join(lines[:number] + lines[end:])


def test_leaving_out_what_is_needed_never_raises_it() -> None:
    fell = 0
    for text in (*(case.text for case in FAILING[::4]), *STARTERS.values()):
        full = score(blueprint(text), "production").total
        for what, cut in cuts(text):
            design = read(cut).blueprint
            if design is not None:
                less = score(design, "production").total
                assert less <= full, (what, text)
                fell += less < full
    assert fell > 200


def test_gains_are_what_they_promise() -> None:
    text = STARTERS["search"]
    full = score(blueprint(text), "interview")
    cut = next(cut for what, cut in cuts(text) if what == "evaluation.guardrails")
    less = score(blueprint(cut), "interview")
    gain = next(gain for gain in less.gains if gain.what == "there is no `evaluation.guardrails`")
    # What EVA06 finds is mended with it, so it is not promised twice.
    assert gain.points == (full.total - less.total) * 100 > 0
    assert "EVA06" not in {gain.code for gain in less.gains}
    assert less.gains[0].points == max(each.points for each in less.gains)
    assert gain.hint == "write `guardrails: {p99_latency: {max: 200 ms}}`"


# the command


@pytest.mark.usefixtures("in_folder")
def test_scores_are_printed(capsys: Out) -> None:
    put("search.yaml", STARTERS["search"].replace("evaluation:", "x-evaluation:"))
    code, out, err = run(capsys, "score", "search.yaml", "--profile", "interview")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "A title, profile interview" and [line.split()[0] for line in lines[1:8]] == list(rules.STEPS)
    assert lines[8].startswith("  total ") and " of 100" in lines[8]
    assert lines[9] == "would raise it most" and lines[10].endswith(" there is no section `evaluation`")
    assert sum(line.startswith("  +") for line in lines) <= 3


@pytest.mark.usefixtures("in_folder")
def test_a_full_score_of_a_sketch_says_what_it_is_of(capsys: Out) -> None:
    told = "`--profile interview` says what a whole design lacks"
    assert told in run(capsys, "score", put("sketch.yaml"))[1]
    assert told not in run(capsys, "score", "sketch.yaml", "--profile", "interview")[1]


@pytest.mark.usefixtures("in_folder")
def test_a_score_that_is_too_low_fails(capsys: Out) -> None:
    put("search.yaml", STARTERS["search"])
    assert run(capsys, "score", "search.yaml", "--min-score", "90")[0] == 0
    put("less.yaml", STARTERS["search"].replace("monitoring:", "x-monitoring:"))
    code, _, err = run(capsys, "score", "less.yaml", "search.yaml", "--min-score", "92.5")
    assert code == 1 and "less.yaml has " in err and "and 92.5 are wanted" in err and "search.yaml" not in err
    code, _, err = run(capsys, "score", "search.yaml", "--min-score", "101")
    assert code == 2 and "101 is not a number from 0 to 100" in err
    code, _, err = run(capsys, "score", "search.yaml", "--profile", "skech")
    assert code == 2 and "did you mean `sketch`?" in err


@pytest.mark.usefixtures("in_folder")
def test_scores_as_json(capsys: Out) -> None:
    put("search.yaml", STARTERS["search"])
    put("rag.yaml", STARTERS["rag"])
    code, out, _ = run(capsys, "score", "search.yaml", "rag.yaml", "--profile", "production", "--format", "json")
    found = json.loads(out)
    assert (
        code == 0
        and found["version"] == 1
        and [each["file"] for each in found["blueprints"]] == ["search.yaml", "rag.yaml"]
    )
    first = found["blueprints"][0]
    assert first["profile"] == "production" and first["passes"] is True and 90 < first["total"] < 100
    assert [step["step"] for step in first["steps"]] == list(rules.STEPS)
    assert {"points", "step", "code", "what", "hint", "file", "line"} == set(first["gains"][0])


@pytest.mark.usefixtures("in_folder")
def test_what_cannot_be_scored(capsys: Out) -> None:
    put("list.yaml", "- 1\n")
    assert run(capsys, "score", "none.yaml")[0] == 2
    code, out, err = run(capsys, "score", "list.yaml")
    assert code == 1 and out.strip() == "" and "error" in err
    put("bad.yaml", STARTERS["search"].replace("why_ml:", "why_nl:"))
    code, out, err = run(capsys, "score", "bad.yaml")
    assert code == 0 and "total" in out and "bad.yaml has errors" in err


def test_the_page_is_current() -> None:
    page = (Path(__file__).parents[1] / "docs" / "score.md").read_text("utf-8")
    assert page == score_page(), "write it anew from archkit.reference_score.score_page()"


def test_what_is_not_drawn_at_all_is_to_be_drawn_first() -> None:
    blueprint = archkit.loads("blueprint: 1\ntitle: Nothing yet\n").blueprint
    assert blueprint is not None
    gains = score(blueprint).gains
    assert [(gain.what, gain.points) for gain in gains] == [("there is no section `architecture`", 100)]
