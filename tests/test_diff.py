"""What differs between two blueprints: in what is written, in what follows from it, and as a figure."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import archkit
from archkit.cli import main
from archkit.diff import Change, Difference, compared
from archkit.figures.changes import plan
from archkit.proof import check, check_svg
from archkit.report import diff as report
from archkit.theme import THEMES
from archkit.view import FigureView
from archkit.yamltree import Mapping

ROOT = Path(__file__).parent.parent
BASE = """\
blueprint: 1
title: Photo search
requirements: {latency: {p99: 100 ms}, scale: {daily_active_users: 1M, requests_per_user_per_day: 10, peak_factor: 3}}
model:
  options: {tags: {baseline: true}, encoder: {chosen: true, because: finds untagged photos}}
evaluation: {offline: {recall@10: {target: 0.9}}}
architecture:
  lanes:
    inference:
      user: user
      gateway: {type: api_gateway, latency: {p99: 10 ms}}
      encoder: {type: query_encoder, latency: {p99: 40 ms}, replicas: 10, throughput: 60 / s}
      index: {type: ann_index, latency: {p99: 30 ms}}
  flows:
    - user -> gateway -> encoder -> index: vector
    - index -> user: photos
"""


def between(before: str, after: str) -> Difference:
    first, second = archkit.loads(before), archkit.loads(after)
    assert isinstance(first.tree, Mapping) and isinstance(second.tree, Mapping)
    return compared((first.tree, first.sources), (second.tree, second.sources))


def changes(*replacements: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(change.area, change.kind, change.key) for change in changed(*replacements).changes]


def changed(*replacements: tuple[str, str]) -> Difference:
    after = BASE
    for old, new in replacements:
        assert old in after
        after = after.replace(old, new)
    return between(BASE, after)


def only(difference: Difference) -> Change:
    [change] = difference.changes
    return change


def test_a_blueprint_is_the_same_as_itself() -> None:
    found = between(BASE, BASE)
    assert found.none and found.kept > 0
    assert report.text(found) == "No difference.\n"
    assert json.loads(report.as_json(found))["same"] is True
    assert "No difference." in report.markdown(found, "a", "b")


@pytest.mark.parametrize(
    "replacement",
    [
        ("p99: 100 ms", "p99: 0.1 s"),
        ("latency: {p99: 10 ms}", "latency: 10 ms"),
        ("title: Photo search", "title:   Photo\n  search"),
        ("  flows:\n", "  # a remark\n  flows:\n"),
        ("daily_active_users: 1M", "daily_active_users: 1e6"),
        ("user: user\n", "user: {type: user}\n"),
    ],
)
def test_what_is_written_otherwise_and_means_the_same_is_no_difference(replacement: tuple[str, str]) -> None:
    assert changed(replacement).none


def test_the_order_of_things_is_no_difference() -> None:
    lines = BASE.splitlines(keepends=True)
    swapped = [*lines]
    at = next(n for n, line in enumerate(lines) if "gateway: {" in line)
    swapped[at], swapped[at + 1] = lines[at + 1], lines[at]
    found = between(BASE, "".join(swapped))
    assert found.changes == () and found.appeared == () and found.vanished == ()


def test_things_are_added_removed_and_changed() -> None:
    assert changes(("p99: 100 ms", "p99: 60 ms")) == [("requirements", "changed", "requirements.latency.p99")]
    assert changes(("index: {type: ann_index, latency: {p99: 30 ms}}", "index: {type: ann_index}")) == [
        ("components", "changed", "index")
    ]
    found = changed(("tags: {baseline: true}", "popular: {baseline: true}"))
    assert [(c.kind, c.key) for c in found.changes] == [("added", "popular"), ("removed", "tags")]
    assert changes(("target: 0.9", "target: 0.95")) == [("offline", "changed", "recall@10")]
    assert changes(
        ("    - index -> user: photos\n", "    - index -> user: photos\n    - gateway ..> index: warm\n")
    ) == [("flows", "added", "gateway ..> index")]
    assert changes(("-> index: vector", "-> index: 128 numbers")) == [("flows", "changed", "encoder -> index")]


def test_a_value_is_told_as_it_was_and_is() -> None:
    change = only(changed(("replicas: 10", "replicas: 20"), ("throughput: 60 / s", "tech: triton, throughput: 60 / s")))
    assert change.details == (("replicas", "10", "20"), ("tech", "", "triton"))
    assert change.before is not None and change.after is not None


def test_a_renamed_component_is_the_same_component() -> None:
    found = changed(("encoder:", "query_encoder:"), ("-> encoder ->", "-> query_encoder ->"))
    assert [(c.area, c.kind, c.key, c.former) for c in found.changes if c.area == "components"] == [
        ("components", "renamed", "query_encoder", "encoder")
    ]
    assert not [c for c in found.changes if c.area == "flows"]
    assert found.moves == () and found.appeared == () and found.vanished == ()


def test_another_component_in_its_place_is_another() -> None:
    found = changed(
        ("encoder:", "tagger:"), ("type: query_encoder", "type: text_encoder"), ("-> encoder ->", "-> tagger ->")
    )
    assert {(c.kind, c.key) for c in found.changes if c.area == "components"} == {
        ("added", "tagger"),
        ("removed", "encoder"),
    }


def test_numbers_that_follow_are_told_with_their_limit() -> None:
    found = changed(("p99: 40 ms", "p99: 64 ms"))
    moves = {(move.after or move.before).key: move for move in found.moves}  # type: ignore[union-attr]
    assert set(moves) >= {"latency.p99", "latency.left"}
    told = report.text(found)
    assert "80 ms → 104 ms" in told and "+24 ms" in told
    assert "over budget by 4 ms" in told
    assert "LAT01" in {finding.code for finding in found.appeared}
    back = between(BASE.replace("p99: 40 ms", "p99: 64 ms"), BASE)
    assert "LAT01" in {finding.code for finding in back.vanished}
    overloaded = report.text(changed(("replicas: 10", "replicas: 2")))
    assert "more than it can do" in overloaded


def test_findings_are_the_same_wherever_their_lines_are() -> None:
    found = between(
        BASE, "# a line\n# another\n\n" + BASE.replace("title: Photo search", "title: Photo search\nsummary: x")
    )
    assert found.appeared == () and found.vanished == ()


def test_json_has_places_and_values() -> None:
    document = json.loads(report.as_json(changed(("replicas: 10", "replicas: 20"))))
    assert document["version"] == 1 and document["same"] is False
    [change] = document["changes"]
    assert (change["area"], change["kind"], change["key"]) == ("components", "changed", "encoder")
    assert change["details"] == [{"path": "replicas", "before": "10", "after": "20"}]
    assert change["after"]["line"] == BASE[: BASE.index("encoder: {type")].count("\n") + 1
    assert any(number["key"] == "utilisation.encoder" for number in document["numbers"])


def test_words_of_a_user_stay_words() -> None:
    found = changed(("title: Photo search", 'title: "a | b `c` <b> *d*"'), ("photos", '"\\e[31m::error::"'))
    markdown = report.markdown(found, "a`b.yaml", "c.yaml")
    assert "<b>" not in markdown and "\x1b" not in markdown and "\\|" in markdown and "``a`b.yaml``" in markdown
    assert "\x1b" not in report.text(found)


def test_names_in_sentences_are_code_in_markdown() -> None:
    markdown = report.markdown(changed(("replicas: 10", "replicas: 2")), "a", "b")
    assert "| Utilisation of `encoder` at peak |" in markdown
    assert "**CAP03**" in markdown and "\\`" not in markdown


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_the_figure_marks_what_differs_and_is_a_good_drawing(theme: str) -> None:
    found = changed(
        ("replicas: 10", "replicas: 20"),
        ("      index:", "      cache: {type: cache}\n      index:"),
        ("    - index -> user: photos\n", "    - index -> cache -> user: photos\n"),
    )
    figure = plan(found)
    marks = {node.id: (node.stress, node.mark) for node in figure.nodes}
    assert marks["cache"] == ("added", "+") and marks["encoder"] == ("changed", "A") and marks["index"] == ("", "")
    stresses = sorted((edge.tail, edge.head, edge.stress) for edge in figure.edges if edge.stress)
    assert stresses == [("cache", "user", "added"), ("index", "cache", "added"), ("index", "user", "removed")]
    assert figure.callouts[0].text.endswith("replicas 10 → 20")
    view = FigureView("changes", "x", figure, THEMES[theme])
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    assert check_svg(view.svg) == []


def test_the_figure_says_which_two_designs_it_shows_and_what_was_renamed() -> None:
    assert plan(changed(("replicas: 10", "replicas: 20"))).title == "Photo search: what changed"
    found = changed(("Photo search", "Picture search"), ("      gateway:", "      door:"), ("-> gateway", "-> door"))
    figure = plan(found)
    assert figure.title == "Photo search → Picture search: what changed"
    assert [each.text for each in figure.callouts] == ["Door: called door now, not gateway"]


@pytest.mark.parametrize("name", ["video-recommendation", "visual-search"])
def test_large_figures_of_changes_are_good_too(name: str) -> None:
    text = (ROOT / "blueprints" / f"{name}.yaml").read_text("utf-8")
    less = "\n".join(line for line in text.splitlines() if "rerank" not in line) + "\n"
    for pair in ((text, less), (less, text)):
        view = FigureView("changes", name, plan(between(*pair)), THEMES["book"])
        assert {node.stress for node in view.figure.nodes} & {"added", "removed"}  # type: ignore[union-attr]
        assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []


# the command


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["diff", *words])
    out, err = capsys.readouterr()
    return code, out, err


def write(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def test_the_command_compares_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write(tmp_path / "a.yaml", BASE)
    after = write(tmp_path / "b.yaml", BASE.replace("replicas: 10", "replicas: 20"))
    code, out, err = run(capsys, before, after)
    assert (code, err) == (0, "") and "~ encoder: replicas 10 → 20" in out
    assert run(capsys, before, after, "--exit-code")[0] == 1
    assert run(capsys, before, before, "--exit-code")[0] == 0
    code, out, _ = run(capsys, before, after, "--format", "markdown")
    assert code == 0 and out.startswith("## Photo search: ")
    assert json.loads(run(capsys, before, after, "--format", "json")[1])["changes"]
    code, _, err = run(capsys, before, after, "--figure", str(tmp_path / "changes.svg"))
    assert code == 0 and "drawn into" in err
    assert "data-id" in (tmp_path / "changes.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["a.yaml"], 2, "write two, or one with `--git REVISION`"),
        (["a.yaml", "missing.yaml"], 2, "cannot read `missing.yaml`"),
        (["a.yaml", "b.yaml", "--format", "html"], 2, "there is no `html`"),
        (
            ["a.yaml", "b.yaml", "--figure", "x.gif"],
            2,
            "must end in .svg, .png, .pdf, .drawio, .excalidraw, .mmd, .d2, .dot or .py",
        ),
        (["a.yaml", "list.yaml"], 1, "a blueprint is keys and values"),
        (["a.yaml", "broken.yaml"], 1, "broken.yaml has errors"),
    ],
)
def test_slips_on_the_command_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("a.yaml"), BASE)
    write(Path("b.yaml"), BASE.replace("10 ms", "12 ms"))
    write(Path("list.yaml"), "- a\n")
    write(Path("broken.yaml"), BASE.replace("replicas", "replcas"))
    found, _, err = run(capsys, *words)
    assert (found, message in err) == (code, True), err


def git(folder: Path, *words: str) -> None:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **who})


def test_a_blueprint_is_compared_with_an_earlier_revision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "designs" / "parts").mkdir(parents=True)
    part = tmp_path / "designs" / "parts" / "watch.yaml"
    write(part, "monitoring: {operational: [latency]}\n")
    path = tmp_path / "designs" / "a.yaml"
    write(path, BASE + "include: [parts/watch.yaml]\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    write(path, BASE.replace("replicas: 10", "replicas: 20"))
    part.unlink()
    code, out, err = run(capsys, "designs/a.yaml", "--git", "HEAD")
    assert (code, err) == (0, "")
    assert "~ encoder: replicas 10 → 20" in out and "− monitoring.operational: latency → nothing" in out
    for revision, said in (("nothing", "there is no revision `nothing`"), ("--all", "names no revision")):
        code, _, err = run(capsys, "designs/a.yaml", f"--git={revision}")
        assert code == 2 and said in err
    write(tmp_path / "new.yaml", BASE)
    code, _, err = run(capsys, "new.yaml", "--git", "HEAD")
    assert code == 2 and "there is no `new.yaml` in revision `HEAD`" in err


def test_a_folder_is_compared_with_an_earlier_revision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "designs"
    (folder / "parts").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    write(folder / "parts" / "watch.yaml", "monitoring: {operational: [latency]}\n")
    write(folder / ".hidden" / "old.yaml", BASE)
    for name in ("changed", "gone", "moved", "same"):
        write(folder / f"{name}.yaml", BASE.replace("Photo search", f"The {name}"))
    write(folder / "same.yaml", BASE.replace("Photo search", "The same") + "include: [parts/watch.yaml]\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    write(folder / "changed.yaml", BASE.replace("Photo search", "The changed").replace("replicas: 10", "replicas: 20"))
    (folder / "gone.yaml").unlink()
    (folder / "moved.yaml").rename(folder / "parts" / "here.yaml")
    write(folder / "new.yaml", BASE.replace("Photo search", "The *new*"))
    (folder / ".hidden" / "old.yaml").unlink()
    code, out, err = run(capsys, "designs", "--git", "HEAD")
    assert (code, err) == (0, "5 blueprints: 1 changed, 1 new, 1 removed, 2 as before\n")
    heads = [line for line in out.splitlines() if line.startswith("The ")]
    assert heads == [f"The {name} ({Path(f'designs/{path}.yaml')})" for name, path in (
        ("changed", "changed"), ("gone", "gone"), ("*new*", "new"))]  # fmt: skip
    assert "~ encoder: replicas 10 → 20" in out
    assert "New, with 4 components and 4 arrows." in out and "Removed; it had 4 components and 4 arrows." in out
    code, out, _ = run(capsys, "designs", "--git", "HEAD", "--format", "markdown", "--exit-code")
    assert code == 1 and "## The \\*new\\*: `" in out and "## The changed: `HEAD` → `" in out and "same" not in out
    found = json.loads(run(capsys, "designs", "--git", "HEAD", "--format", "json")[1])
    assert not found["same"]
    assert {Path(each["file"]).stem: each["status"] for each in found["blueprints"]} == {
        "changed": "changed", "gone": "removed", "here": "same", "new": "added", "same": "same",
    }  # fmt: skip
    # From inside the folder, and files that are named one by one.
    assert "5 blueprints" in run(capsys, str(folder), "--git", "HEAD")[2]
    monkeypatch.chdir(folder)
    assert "The gone (gone.yaml)" in run(capsys, ".", "--git", "HEAD")[1]
    code, out, err = run(capsys, "same.yaml", "parts/here.yaml", "--git", "HEAD", "--exit-code")
    assert code == 1 and "here.yaml" in out and err == "2 blueprints: 1 new, 1 as before\n"
    code, out, _ = run(capsys, "same.yaml", "same.yaml", "--git", "HEAD", "--exit-code")
    assert (code, out) == (0, "No difference.\n")


def test_slips_with_folders_and_revisions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.yaml", "- none\n")
    write(tmp_path / "b.yaml", BASE.replace("replicas", "replcas"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    for words, said in (
        ((".", "--git", "nothing"), "there is no revision `nothing`"),
        ((".", "--git", "HEAD", "--figure", "x.svg"), "one figure shows one blueprint"),
        (("a.yaml", "-", "--git", "HEAD"), "standard input has no revisions"),
        (("missing.yaml", "a.yaml", "--git", "HEAD"), "cannot read `missing.yaml`"),
    ):
        code, _, err = run(capsys, *words)
        assert code == 2 and said in err, err
    code, _, err = run(capsys, "a.yaml", "b.yaml", "--git", "HEAD")
    assert code == 1 and "a blueprint is keys and values" in err and "b.yaml has errors" in err


def test_a_folder_without_a_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    write(Path("a.yaml"), BASE)
    code, _, err = run(capsys, "a.yaml", "--git", "HEAD")
    assert code == 2 and "lies in no git repository" in err
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = run(capsys, "a.yaml", "--git", "HEAD")
    assert code == 2 and "cannot run git" in err
