"""What the repository ships: the figures kept in output/, and the README's promises about them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import archkit

ROOT = Path(__file__).parent.parent
BLUEPRINTS = sorted((ROOT / "blueprints").glob("*.yaml"))


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_the_figure_that_is_kept_is_what_is_drawn_now(path: Path) -> None:
    kept = (ROOT / "output" / path.stem / "system.svg").read_text("utf-8")
    assert archkit.load(path).figure("system", timeout=600.0).svg == kept, "run `archkit render blueprints`"


def test_every_kept_figure_has_its_blueprint() -> None:
    assert {figure.parent.name for figure in (ROOT / "output").glob("*/system.svg")} == {p.stem for p in BLUEPRINTS}


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_what_stops_a_ramp_hears_of_more_than_latency(path: Path) -> None:
    blueprint = archkit.load(path).blueprint
    assert blueprint is not None
    guards = blueprint.evaluation.guardrails.values()
    if all(guard.kind in ("latency", "cost", "reliability") for guard in guards):
        return
    types = {part.id: str(part.type) for part in blueprint.architecture.components.values()}
    flows = [(flow.source, flow.target) for flow in blueprint.architecture.flows]
    stops = {source for source, target in flows if types[target] == "canary_controller"}
    heard = {types[source] for source, target in flows if target in stops or types[target] == "canary_controller"}
    assert heard - {"api_gateway", "load_balancer", "monitoring", "drift_detector"}


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_a_trigger_on_any_guardrail_agrees_with_what_each_guardrail_does(path: Path) -> None:
    blueprint = archkit.load(path).blueprint
    assert blueprint is not None
    if "any guardrail" in (blueprint.serving.rollback.trigger or ""):
        guards = blueprint.evaluation.guardrails.values()
        assert [guard.id for guard in guards if "roll back" not in (guard.action or "")] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_readme_opens_with_a_picture_and_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.index("![") < text.index("```sh")
    commands = re.findall(r"```sh\n(.*)\n```", text)
    assert len(commands) == 2
    assert "archkit render" in commands[0] and "pytest" in commands[1]


def test_the_example_of_the_readme_is_clean_and_draws() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(blueprint: 1\n.*?)```", text, re.DOTALL)
    document = archkit.loads(example)
    assert document.language == ()
    assert document.figure("system").drawing.notices == ()


def test_every_file_that_the_program_reads_is_installed_with_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (patterns,) = project["tool"]["setuptools"]["package-data"].values()
    package = ROOT / "archkit"
    installed = {path for pattern in patterns for path in package.glob(pattern)}
    read = {path for path in package.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert [path.relative_to(ROOT).as_posix() for path in sorted(read - installed)] == []


def test_a_checkout_has_the_same_line_ends_on_every_system() -> None:
    assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text("utf-8")
    tables = sorted((ROOT / "archkit" / "data").rglob("*.*"))
    assert tables and [path.name for path in tables if b"\r" in path.read_bytes()] == []
