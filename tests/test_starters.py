"""``archkit new``: a starter of every archetype is clean, complete, commented and drawn."""

from pathlib import Path

import jsonschema
import pytest
import yaml

import archkit
from archkit.blueprint import ARCHETYPES
from archkit.catalog import TYPES
from archkit.cli import main
from archkit.schema import json_schema
from archkit.starters import starter

SECTIONS = (
    "requirements",
    "framing",
    "data",
    "model",
    "evaluation",
    "serving",
    "monitoring",
    "architecture",
    "decisions",
)

Out = pytest.CaptureFixture[str]


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_a_starter_is_clean_and_complete(archetype: str) -> None:
    text = starter(archetype, "My system", "archkit.schema.json")
    document = archkit.loads(text, f"{archetype}.yaml")
    assert document.diagnostics == (), str(archkit.BlueprintError(document.diagnostics, document.sources))
    assert document.blueprint is not None
    assert document.blueprint.title == "My system"
    assert document.blueprint.archetypes == (archetype,)
    assert set(SECTIONS) <= set(yaml.safe_load(text))
    assert all(
        component.type in TYPES and not component.guessed for component in document.blueprint.components.values()
    )
    assert (
        all(line == line.rstrip() for line in text.splitlines()) and "{requirements}" not in text and "<<" not in text
    )


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_a_starter_is_drawn_without_complaint(archetype: str) -> None:
    document = archkit.loads(starter(archetype, "My system"))
    assert "system" in document.figures()
    view = document.figure("system")
    assert view.diagnostics == ()
    assert view.svg.startswith("<svg")


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_what_answers_in_a_starter_is_joined_to_what_it_needs(archetype: str) -> None:
    blueprint = archkit.loads(starter(archetype, "My system")).blueprint
    assert blueprint is not None
    arrows = {(flow.source, flow.target) for flow in blueprint.architecture.flows}
    for id_, component in blueprint.components.items():
        for model in (blueprint.model.models[name] for name in component.serves):
            groups = {*model.inputs, *(group for tower in model.towers.values() for group in tower)}
            features = [feature for group in groups for feature in blueprint.data.features.get(group, {}).values()]
            stores = {store for feature in features for store in feature.from_ if store in blueprint.components}
            assert all((store, id_) in arrows for store in stores), f"{id_} reads features of {stores}"
        if component.type == "fallback":
            assert any(source == id_ for source, _ in arrows), f"nobody is given what {id_} says"
        if component.type == "anonymizer":
            before = {blueprint.components[source].type for source, target in arrows if target == id_}
            assert "object_store" in before, f"{id_} needs the pictures, not boxes alone"


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_the_schema_that_editors_use_takes_a_starter(archetype: str) -> None:
    jsonschema.Draft7Validator(json_schema()).validate(yaml.safe_load(starter(archetype, "My system")))


def test_starters_share_their_frame_and_differ_in_what_they_draw() -> None:
    drawings = {archkit.loads(starter(archetype, "T")).figure("system").svg for archetype in ARCHETYPES}
    assert len(drawings) == len(ARCHETYPES)
    for archetype in ARCHETYPES:
        comments = [line for line in starter(archetype, "T").splitlines() if line.startswith("# ── ")]
        assert len(comments) == 9


@pytest.mark.parametrize(
    "title", ["No", "yes", "a: b", "# hash", "It's", "50% off", "- dash", "名前", "{x}", "1.5", "~"]
)
def test_any_title_comes_out_as_written(title: str) -> None:
    document = archkit.loads(starter("search", title))
    assert document.blueprint is not None and document.blueprint.title == title


def test_new_writes_a_blueprint_and_a_schema(capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "spam-filter", "--archetype", "classification"]) == 0
    out, err = capsys.readouterr()
    assert out == "spam-filter.yaml\narchkit.schema.json\n" and "archkit render spam-filter.yaml" in err
    text = Path("spam-filter.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=archkit.schema.json\n")
    assert archkit.load("spam-filter.yaml").validate().blueprint.title == "Spam filter"  # type: ignore[union-attr]
    assert main(["validate", "."]) == 0 and main(["render", "spam-filter.yaml"]) == 0
    assert Path("output/spam-filter/system.svg").exists()


def test_new_overwrites_nothing_unasked(capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("mine", encoding="utf-8")
    Path("archkit.schema.json").write_text("mine too", encoding="utf-8")
    assert main(["new", "a", "-a", "rag"]) == 2
    assert "there is a file `a.yaml` already" in capsys.readouterr().err
    assert Path("a.yaml").read_text(encoding="utf-8") == "mine"
    assert main(["new", "a.yaml", "-a", "rag", "--force"]) == 0
    assert archkit.load("a.yaml").validate()
    assert Path("archkit.schema.json").read_text(encoding="utf-8") == "mine too"


def test_new_without_a_schema(capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "deep/a", "-a", "agent", "--no-schema"]) == 0
    assert [path.name for path in Path("deep").iterdir()] == ["a.yaml"]
    assert "yaml-language-server" not in Path("deep/a.yaml").read_text(encoding="utf-8")
