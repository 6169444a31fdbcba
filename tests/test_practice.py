"""``archkit practice``: the question without the answer, a sheet, a clock, and a fair comparison."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

import archkit
from archkit.cli import practice as command
from archkit.library import blueprints
from archkit.model.framing import STEPS
from archkit.practice import exercise
from archkit.practice.concepts import ideas
from archkit.practice.review import by_step, review
from archkit.practice.sheet import sheet

pytestmark = pytest.mark.usefixtures("in_folder")

REFERENCE = """\
blueprint: 1
title: Photo search
interview: {minutes: 45}
requirements: {goal: Find a photo by what is on it, scale: {daily_active_users: 1M, items: 1B}, latency: {p99: 200 ms}}
framing: {task: retrieval, objectives: {relevance: {chosen: true}, clicks: {rejected: bait}}}
data:
  labels: {graded: {positive: graded 3 or more, negative: graded lower, delay: {p95: 1 d}}}
  features: {photo: {pixels: image, caption: text}, user: {country: categorical}}
model:
  options: {tags: {baseline: true}, dual_encoder: {chosen: true, because: finds untagged photos}}
  models: {encoder: {loss: contrastive}}
evaluation: {offline: {ndcg@10: {}, recall@100: {}}, online: {searches_with_a_click: {goal: true}}, slices: [new users]}
decisions: {index: {question: Which index?, options: {exact: {}, ivf_pq: {}}, chosen: ivf_pq, because: fits}}
architecture:
  lanes: {inference: {user: user, gateway: api_gateway, ann: ann_index}, training: {registry: model_registry}}
  flows: [user -> gateway -> ann -> user]
"""


def blueprint(text: str) -> archkit.Blueprint:
    found = archkit.loads(text).blueprint
    assert found is not None
    return found


def test_the_library_is_found() -> None:
    assert {"video-recommendation", "visual-search"} <= set(blueprints())
    assert all(archkit.load(path).blueprint is not None for path in blueprints().values())


def test_the_exercise_gives_nothing_away() -> None:
    task = exercise("photo-search", blueprint(REFERENCE))
    assert task.question == "Design a photo search system. The aim: find a photo by what is on it."
    assert [slot.step for slot in task.plan] == list(STEPS) and task.minutes == 45
    shown = sheet(task, "Photo search")
    for secret in ("dual", "encoder", "ivf", "ndcg", "contrastive", "caption"):
        assert secret not in task.question and secret not in shown.replace("ndcg@10: {predicts", "")
    assert any("1B" in fact for fact in task.facts)


@pytest.mark.parametrize("minutes", [20, 45, 60, 97])
def test_the_plan_fills_the_time(minutes: int) -> None:
    task = exercise("x", blueprint(REFERENCE), minutes)
    assert task.minutes == minutes
    ends = [slot.start + slot.minutes for slot in task.plan]
    assert [slot.start for slot in task.plan] == [0, *ends[:-1]] and all(slot.minutes > 0 for slot in task.plan)


def test_the_sheet_is_a_blueprint_that_says_nothing_yet() -> None:
    document = archkit.loads(sheet(exercise("photo-search", blueprint(REFERENCE)), "Photo search"))
    assert document.language == () and document.blueprint is not None
    assert review(document.blueprint, blueprint(REFERENCE)).points == 0


def test_the_reference_misses_nothing_of_itself() -> None:
    found = review(blueprint(REFERENCE), blueprint(REFERENCE))
    assert found.missing == () and found.more == () and found.differs == () and found.better == ()
    assert found.points == found.reference


@pytest.mark.parametrize("name", sorted(blueprints()))
def test_no_reference_of_the_library_misses_anything_of_itself(name: str) -> None:
    one = archkit.load(blueprints()[name]).blueprint
    assert one is not None
    found = review(one, one)
    assert found.missing == () and found.more == () and found.differs == ()


def test_an_answer_is_compared_by_what_things_mean() -> None:
    answer = REFERENCE.replace("caption: text", "text_of_caption: text").replace("ndcg@10", "nDCG_at_20")
    answer = answer.replace("ann: ann_index", "nearest: {type: ann_index}").replace("-> ann ->", "-> nearest ->")
    answer = answer.replace("Which index?", "Which ANN index is used?")
    found = review(blueprint(answer), blueprint(REFERENCE))
    assert found.missing == () and found.more == ()


def test_what_is_missing_different_and_more_is_told_apart() -> None:
    answer = REFERENCE.replace("caption: text", "taken_at: time").replace("task: retrieval", "task: ranking")
    answer = answer.replace("relevance: {chosen: true}", "dwell: {chosen: true}").replace("items: 1B", "items: 10M")
    answer = answer.replace("loss: contrastive", "loss: triplet").replace("slices: [new users]", "slices: [language]")
    found = review(blueprint(answer), blueprint(REFERENCE))
    missing = by_step(found.missing)
    assert missing["data"] == {"feature (photo)": ["Caption"]}
    assert missing["model"] == {"loss": ["contrastive"]}
    assert missing["evaluation"] == {"slice": ["new users"]}
    assert any("you frame it as ranking, the reference as retrieval" in each for each in found.differs)
    assert any("items of 10M" in each for each in found.differs)
    assert {(idea.noun, idea.name) for idea in found.more} >= {("feature (photo)", "Taken at"), ("loss", "triplet")}


def test_more_complete_steps_are_praised() -> None:
    answer = REFERENCE + "serving: {mode: online, rollout: [shadow, {ab: 50%}], rollback: {to: previous version}}\n"
    found = review(blueprint(answer), blueprint(REFERENCE))
    assert any(each.startswith("the step serving is more complete") for each in found.better)


def test_questions_come_from_findings_and_decisions() -> None:
    answer = REFERENCE.replace("Which index?", "Which colour?").replace("model_registry", "training_job")
    found = review(blueprint(answer), blueprint(REFERENCE))
    asked = [question.text for question in found.questions]
    assert "Which index?" in asked
    assert found.findings and any(
        finding.code in question.why for finding in found.findings for question in found.questions
    )


# the command


def test_everything_that_can_be_practised_is_listed(capsys: Out) -> None:
    code, out, _ = run(capsys, "practice")
    assert code == 0 and "visual-search" in out


def test_an_exercise_writes_a_sheet_and_keeps_it(capsys: Out) -> None:
    code, out, err = run(capsys, "practice", "visual-search")
    assert code == 0 and "Design a visual search system" in out and "45 minutes" in out
    path = Path("practice-visual-search.yaml")
    assert "x-practice: visual-search" in path.read_text("utf-8") and str(path) in err
    path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
    code, _, err = run(capsys, "practice", "visual-search")
    assert code == 0 and "stays as it is" in err and path.read_text("utf-8").endswith("# mine\n")
    run(capsys, "practice", "visual-search", "--force")
    assert not path.read_text("utf-8").endswith("# mine\n")
    code, out, _ = run(capsys, "practice", "visual-search", "--facts", "--minutes", "30")
    assert code == 0 and "What the interviewer tells" in out and "30 minutes" in out


def test_an_answer_is_graded(capsys: Out) -> None:
    put("reference.yaml", REFERENCE)
    put("mine.yaml", REFERENCE.replace("caption: text, ", "").replace(", caption: text", ""))
    code, out, _ = run(capsys, "practice", "--check", "mine.yaml", "--against", "reference.yaml")
    assert code == 0 and "feature (photo): Caption" in out and "of 100 points" in out
    code, out, _ = run(capsys, "practice", "--check", "mine.yaml", "--against", "reference.yaml", "--format", "json")
    document = json.loads(out)
    assert document["missing"] == [{"step": "data", "what": "feature (photo)", "name": "Caption"}]
    run(capsys, "practice", "visual-search")
    code, out, _ = run(capsys, "practice", "--check", "practice-visual-search.yaml")
    assert code == 0 and "0 of 100 points; the reference `visual-search`" in out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["visual-serch"], 2, "did you mean `visual-search`?"),
        (["--check", "missing.yaml"], 2, "cannot read `missing.yaml`"),
        (["--check", "mine.yaml"], 2, "write `x-practice: NAME` into it, or `--against NAME`"),
        (["--check", "mine.yaml", "--against", "nothing"], 2, "there is nothing to practise called `nothing`"),
        (["--check", "list.yaml", "--against", "visual-search"], 1, "a blueprint is keys and values"),
        (["--check", "broken.yaml", "--against", "visual-search"], 1, "your answer has errors"),
    ],
)
def test_slips_on_the_command_line(capsys: Out, words: list[str], code: int, message: str) -> None:
    put("mine.yaml", REFERENCE)
    put("list.yaml", "- a\n")
    put("broken.yaml", REFERENCE.replace("framing:", "farming:"))
    found, _, err = run(capsys, "practice", *words)
    assert (found, message in err) == (code, True), err


def test_the_clock_goes_through_the_steps(capsys: Out) -> None:
    now = [0.0]

    def wait(seconds: float) -> None:
        now[0] += seconds * 30

    command.run(exercise("x", blueprint(REFERENCE), 20), lambda: now[0], wait)
    err = capsys.readouterr().err
    assert re.findall(r"(\d) [^:\r]*: time is up", err) == list("1234567")
    assert "20:00 in all" in err and err.endswith("all of the time is up\n") and now[0] >= 20 * 60

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    command.run(exercise("x", blueprint(REFERENCE)), lambda: 0.0, stop)
    assert "stopped after 0:00" in capsys.readouterr().err


def test_types_of_components_keep_their_acronyms() -> None:
    text = "blueprint: 1\ntitle: T\narchitecture: {flows: [viewer -> gateway -> ann_index -> ranker]}\n"
    blueprint = archkit.loads(text).blueprint
    assert blueprint is not None
    found = [idea.name for idea in ideas(blueprint) if idea.noun == "component"]
    assert "ANN index" in found and "ranker" in found
