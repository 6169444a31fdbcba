"""Fragments merged into a blueprint: what is joined, what is refused, and where each message points."""

from __future__ import annotations

from pathlib import Path

import pytest

from archkit.parse import ParseResult, parse
from archkit.source import Source, Span

HEAD = "blueprint: 1\ntitle: T\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def load(path: Path) -> ParseResult:
    return parse(Source(path.name, path.read_text("utf-8")), read_file=Path.read_bytes, base=path.parent)


def said(result: ParseResult) -> list[tuple[str, str]]:
    """Return the code and the marked text of every finding."""
    return [(found.code, at(result, found.span)) for found in result.diagnostics]


def at(result: ParseResult, span: Span | None) -> str:
    assert span is not None
    return result.sources[span.source].text[span.start : span.end]


def test_mappings_are_joined_and_lists_put_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        main=f"{HEAD}include: [parts/serving.yaml, parts/data.yaml]\ntags: [a]\n"
        "architecture:\n  lanes: {serving: {gateway: api_gateway}}\n  flows: [gateway -> ranker]\nmonitoring:\n",
        parts__serving="architecture:\n  lanes: {serving: {ranker: ranker}}\n  flows: [lake -> ranker]\n",
        parts__data="blueprint: 1\ntags: [b]\narchitecture: {lanes: {data: [lake]}}\nmonitoring: {owner: us}\n",
    )
    result = load(tmp_path / "main.yaml")
    assert said(result) == []
    bp = result.blueprint
    assert bp is not None
    assert [source.name for source in result.sources] == ["main.yaml", "parts/serving.yaml", "parts/data.yaml"]
    assert list(bp.components) == ["gateway", "ranker", "lake"]
    assert [flow.id for flow in bp.architecture.flows] == ["gateway -> ranker", "lake -> ranker"]
    assert bp.tags == ("a", "b")
    assert bp.monitoring.owner == "us"
    assert bp.components["ranker"].place.source == 1
    assert at(result, bp.components["ranker"].place) == "ranker"
    assert at(result, bp.architecture.flows[1].at("source")) == "lake"
    assert bp.components["lake"].span.source == 2


def test_fragments_include_fragments(tmp_path: Path) -> None:
    write(
        tmp_path,
        main=f"{HEAD}include: a/one.yaml\n",
        a__one="include: b/two.yaml\ntags: [one]\n",
        a__b__two="tags: [two]\n",
    )
    result = load(tmp_path / "main.yaml")
    assert said(result) == []
    assert result.blueprint is not None and result.blueprint.tags == ("one", "two")


@pytest.mark.parametrize(
    ("main", "parts"),
    [
        ("main.yaml", ["a/one.yaml", "a/b/two.yaml"]),
        ("designs/main.yaml", ["designs/a/one.yaml", "designs/a/b/two.yaml"]),
        ("/srv/designs/main.yaml", ["/srv/designs/a/one.yaml", "/srv/designs/a/b/two.yaml"]),
        ("<stdin>", ["a/one.yaml", "a/b/two.yaml"]),
    ],
)
def test_fragments_are_named_as_the_main_file_is(tmp_path: Path, main: str, parts: list[str]) -> None:
    """Annotations and editors look for them from the folder that the main file's path begins in."""
    write(tmp_path, a__one="include: ./b/two.yaml\n", a__b__two="tags: [two]\n")
    source = Source(main, f"{HEAD}include: a/one.yaml\n")
    result = parse(source, read_file=Path.read_bytes, base=tmp_path)
    assert said(result) == []
    assert [each.name for each in result.sources] == [main, *parts]


def test_fragments_of_an_earlier_revision_are_named_with_it(tmp_path: Path) -> None:
    texts = {"one.yaml": b"tags: [one]\n"}
    source = Source("HEAD~1:main.yaml", f"{HEAD}include: one.yaml\n")
    result = parse(source, read_file=lambda path: texts[path.name], base=tmp_path, on_disk=False)
    assert [each.name for each in result.sources] == ["HEAD~1:main.yaml", "HEAD~1:one.yaml"]


def test_what_several_files_include_is_merged_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        main=f"{HEAD}include: [a.yaml, b.yaml, common.yaml]\n",
        a="include: common.yaml\n",
        b="include: [common.yaml, common.yaml]\n",
        common="summary: once\ntags: [x]\n",
    )
    result = load(tmp_path / "main.yaml")
    assert said(result) == []
    assert result.blueprint is not None
    assert (result.blueprint.summary, result.blueprint.tags) == ("once", ("x",))
    assert len(result.sources) == 4


def test_what_is_written_twice_points_at_both_places(tmp_path: Path) -> None:
    write(
        tmp_path,
        main=f"{HEAD}include: [a.yaml]\nserving: {{mode: online}}\nframing: {{task: ranking}}\n",
        a="serving: {mode: batch}\nframing: text\ntitle: Other\n",
    )
    result = load(tmp_path / "main.yaml")
    assert said(result) == [("INC007", "mode"), ("INC007", "framing"), ("INC007", "title")]
    assert [found.span.source for found in result.diagnostics if found.span] == [1, 1, 1]
    first = result.diagnostics[0]
    assert first.message == "`serving.mode` is written in two files"
    assert first.notes[0].span is not None
    assert (first.notes[0].span.source, at(result, first.notes[0].span)) == (0, "mode")
    assert result.blueprint is not None
    assert (result.blueprint.serving.modes, result.blueprint.title) == (("online",), "T")


def test_findings_inside_fragments_point_there(tmp_path: Path) -> None:
    write(
        tmp_path,
        main=f"{HEAD}include: [a.yaml]\narchitecture: {{lanes: {{s: [x]}}, flows: [x -> y]}}\n",
        a="framing: {task: rankin}\ntags: [a\n",
    )
    result = load(tmp_path / "main.yaml")
    assert {found.span.source for found in result.diagnostics if found.span} >= {1}
    assert any(found.code.startswith("YML") for found in result.diagnostics)
    # y may have been declared in what could not be read
    assert "REF001" not in {found.code for found in result.diagnostics}


@pytest.mark.parametrize(
    "entry", ["/etc/hosts.yaml", "../up.yaml", "a/../../up.yaml", "C:/x.yaml", "'a\\b.yaml'", "'\\\\host\\x'"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, entry: str) -> None:
    write(tmp_path, up="tags: [secret]\n", inner__main=f"{HEAD}include: [{entry}]\n")
    result = load(tmp_path / "inner" / "main.yaml")
    assert [found.code for found in result.diagnostics] == ["INC002"]
    assert at(result, result.diagnostics[0].span) == entry
    assert len(result.sources) == 1


def test_links_that_lead_out_are_refused_and_others_followed(tmp_path: Path) -> None:
    write(
        tmp_path,
        secret="tags: [secret]\n",
        inner__ok="tags: [ok]\n",
        inner__main=f"{HEAD}include: [out.yaml, in.yaml]\n",
    )
    (tmp_path / "inner" / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "inner" / "in.yaml").symlink_to(tmp_path / "inner" / "ok.yaml")
    result = load(tmp_path / "inner" / "main.yaml")
    assert said(result) == [("INC002", "out.yaml")]
    assert result.blueprint is not None and result.blueprint.tags == ("ok",)


def test_a_fragment_reaches_no_higher_than_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [a/one.yaml]\n", a__one="include: [../two.yaml]\n", two="tags: [two]\n")
    result = load(tmp_path / "main.yaml")
    assert said(result) == [("INC002", "../two.yaml")]
    assert result.diagnostics[0].span is not None and result.diagnostics[0].span.source == 1


def test_cycles_are_told_with_their_way(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [a.yaml, main.yaml]\n", a="include: [b.yaml]\n", b="include: [a.yaml]\n")
    result = load(tmp_path / "main.yaml")
    assert said(result) == [("INC004", "main.yaml"), ("INC004", "a.yaml")]
    assert "`a.yaml` → `b.yaml` → `a.yaml`" in result.diagnostics[1].message


def test_links_in_circles_are_told(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [a.yaml]\n")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert said(load(tmp_path / "main.yaml")) == [("INC003", "a.yaml")]


def test_missing_files_and_folders(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [none.yaml, folder]\n")
    (tmp_path / "folder").mkdir()
    result = load(tmp_path / "main.yaml")
    assert said(result) == [("INC003", "none.yaml"), ("INC003", "folder")]
    assert [found.message for found in result.diagnostics] == ["`none.yaml` does not exist", "`folder` is not a file"]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [a.yaml]\n", a="tags: [a]\n")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    main = tmp_path / "main.yaml"
    result = parse(Source("main.yaml", main.read_text("utf-8")), read_file=refuse, base=tmp_path)
    assert [found.message for found in result.diagnostics] == ["`a.yaml` cannot be read: Permission denied"]


def test_a_fragment_must_be_a_mapping(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [a.yaml, b.yaml]\n", a="- x\n", b="null\n")
    assert said(load(tmp_path / "main.yaml")) == [("INC006", "a.yaml")]


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    names = [f"f{i}" for i in range(105)]
    write(
        tmp_path,
        main=f"{HEAD}include: [{', '.join(f'{n}.yaml' for n in names)}]\n",
        **{n: f"tags: [{n}]\n" for n in names},
    )
    result = load(tmp_path / "main.yaml")
    assert {found.code for found in result.diagnostics} == {"INC005"}
    assert len(result.sources) == 100


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [big.yaml]\n", big="# " + "x" * 5_000_000)
    assert said(load(tmp_path / "main.yaml")) == [("INC005", "big.yaml")]


def test_a_fragment_of_another_version_is_told(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [a.yaml, b.yaml]\n", a="blueprint: 2\ntags: [a]\n", b="blueprint:\n")
    assert said(load(tmp_path / "main.yaml")) == [("LNG009", "2"), ("LNG009", "blueprint")]


def test_nothing_can_be_included_without_a_folder() -> None:
    result = parse(Source("<stdin>", f"{HEAD}include: [a.yaml, b.yaml]\n"))
    assert said(result) == [("INC001", "a.yaml"), ("INC001", "b.yaml")]


def test_entries_that_are_no_paths_are_told_like_other_texts(tmp_path: Path) -> None:
    write(tmp_path, main=f"{HEAD}include: [{{a: b}}, ~]\n")
    assert [found.code for found in load(tmp_path / "main.yaml").diagnostics] == ["LNG002", "LNG010"]


def test_waivers_of_a_fragment_hold_in_the_fragment(tmp_path: Path) -> None:
    write(
        tmp_path,
        main=f"{HEAD}include: [a.yaml]\nserving: {{mode: batch}}\n",
        a="serving: {waive: {SRV03: fine}, rollback: x}\nmonitoring: {waive: {MON01: fine}}\n",
    )
    result = load(tmp_path / "main.yaml")
    assert said(result) == []
    bp = result.blueprint
    assert bp is not None
    serving, monitoring = bp.waivers
    assert serving.covers(bp.serving.at("mode")) and serving.covers(bp.serving.at("rollback"))
    assert monitoring.covers(bp.monitoring.place) and not monitoring.covers(bp.serving.place)


def test_a_part_that_is_checked_alone_is_told_so_once(tmp_path: Path) -> None:
    """Editors and hooks hand over whatever file was changed."""
    write(
        tmp_path,
        part="architecture:\n  lanes: {data: {lake: data_lake}}\n  flows: [lake -> trainer]\nserving: {mode: x}\n",
    )
    result = load(tmp_path / "part.yaml")
    assert said(result) == [("LNG017", "architecture"), ("LNG004", "x")]
    assert "the blueprint that includes it" in result.diagnostics[0].hint
    # Who wrote one of both keys has begun a blueprint.
    write(tmp_path, begun="title: T\narchitecture:\n  lanes: {data: [lake]}\n  flows: [lake -> trainer]\n")
    assert [code for code, _ in said(load(tmp_path / "begun.yaml"))] == ["LNG003", "REF001"]
    write(tmp_path, other="services: {}\n")
    assert [code for code, _ in said(load(tmp_path / "other.yaml"))] == ["LNG003", "LNG003", "LNG001"]
