"""The library: load and loads never raise on content, figures come out as pictures and in notebooks."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archkit
from archkit import contents, lettering, technologies
from archkit.yamltree import MAX_BYTES

GOOD = """\
blueprint: 1
title: Spam filter
architecture:
  flows:
    - mail_gateway -> classifier -> inbox
    - classifier ..> review_queue: unsure
"""
BAD = GOOD.replace("title: Spam filter", "titel: Spam filter")


def codes(document: archkit.Document) -> list[str]:
    return [finding.code for finding in document.diagnostics]


def test_a_good_blueprint() -> None:
    document = archkit.loads(GOOD)
    assert document.diagnostics == ()
    assert document.blueprint is not None and document.blueprint.title == "Spam filter"
    assert document.validate() is document
    assert "system" in document.figures()
    assert not document.broken


def test_validate_raises_all_findings_as_a_report() -> None:
    document = archkit.loads(BAD + "serving: {mode: onlin}\n", "spam.yaml")
    with pytest.raises(archkit.BlueprintError) as caught:
        document.validate()
    report = str(caught.value)
    assert caught.value.diagnostics == document.diagnostics
    assert "--> spam.yaml:2:1" in report and "did you mean `title`" in report and "`online`" in report
    assert report.splitlines()[-1].endswith("in 1 file")


def test_warnings_do_not_raise() -> None:
    document = archkit.loads(GOOD.replace("unsure", "不明"))
    assert codes(document) == ["FNT001"]
    assert document.validate() is document


def test_load_reads_a_file_with_its_parts(tmp_path: Path) -> None:
    (tmp_path / "main.yaml").write_text(GOOD + "include: [part.yaml]\n", encoding="utf-8")
    (tmp_path / "part.yaml").write_text("summary: Sorts mail\nserving: {mode: onlin}\n", encoding="utf-8")
    document = archkit.load(tmp_path / "main.yaml")
    assert document.blueprint is not None and document.blueprint.summary == "Sorts mail"
    assert [source.name for source in document.sources] == [
        str(tmp_path / "main.yaml"),
        str(tmp_path / "part.yaml"),
    ]
    assert [finding.span and finding.span.source for finding in document.problems] == [1]


def test_a_file_that_cannot_be_read_raises_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "spam-filter.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(archkit.FileError) as caught:
        archkit.load(tmp_path / "spam-fliter.yaml")
    assert isinstance(caught.value, OSError)
    assert "there is no such file" in caught.value.message
    assert caught.value.hint == f"did you mean `{tmp_path / 'spam-filter.yaml'}`?"
    with pytest.raises(archkit.FileError) as caught:
        archkit.load(tmp_path / "spam-filter")
    assert caught.value.hint == f"did you mean `{tmp_path / 'spam-filter.yaml'}`?"
    with pytest.raises(archkit.FileError, match="it is a folder"):
        archkit.load(tmp_path)
    with pytest.raises(archkit.FileError):
        archkit.load(tmp_path / "nul\0character.yaml")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"[]",
        b"- a\n- b\n",
        b"just words",
        b"a: [",
        b"\xff\xfe\x00",
        b"title: caf\xe9\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        "title: \ud800".encode("utf-8", "surrogatepass"),
        b"a: &a [*a]\n",
        b"%YAML 9.9\n---\n!!python/object:os.system x\n",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_no_content_raises(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(data)
    for document in (archkit.load(tmp_path / "x.yaml"), archkit.loads(data)):
        assert document.broken and document.diagnostics
        assert all(finding.severity in archkit.Severity for finding in document.diagnostics)
        assert isinstance(document.figures(), tuple)
        with pytest.raises(archkit.BlueprintError):
            document.figure("system")
        with pytest.raises(archkit.BlueprintError) as caught:
            document.validate()
        assert str(caught.value)


def test_a_file_that_is_too_large_is_one_finding() -> None:
    assert codes(archkit.loads(b"title: " + b"x" * MAX_BYTES)) == ["YML003"]


def test_a_picture_given_by_mistake_is_one_finding() -> None:
    document = archkit.loads(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40)
    assert codes(document) == ["YML001"]
    assert "picture" in document.diagnostics[0].hint


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from([*GOOD.splitlines(), "figures: [sytem]", "figures: {a: 1}", "waive: {X: y}", "include: [x]"])
    ).map("\n".join)
)
def test_any_text_gives_a_document(text: str) -> None:
    document = archkit.loads(text)
    assert isinstance(document.diagnostics, tuple)
    for name in document.figures():
        assert document.missing(name) == []


def test_findings_are_plain_values_for_a_table(tmp_path: Path) -> None:
    path = tmp_path / "main.yaml"
    path.write_text(GOOD + "include: [part.yaml]\n", encoding="utf-8")
    (tmp_path / "part.yaml").write_text("summary: Sorts mail\nserving: {mode: onlin}\n", encoding="utf-8")
    document = archkit.load(path)
    assert document.findings()[0] == {
        "code": "LNG004",
        "severity": "error",
        "message": "`onlin` is not known here",
        "hint": document.diagnostics[0].hint,
        "file": str(tmp_path / "part.yaml"),
        "line": 2,
        "column": 17,
        "end_line": 2,
        "end_column": 22,
    }
    assert str(document.diagnostics[0]) == "error[LNG004]: `onlin` is not known here"
    assert archkit.loads(GOOD).findings() == []
    placeless = archkit.loads("\0").findings()
    assert all(set(one) == set(document.findings()[0]) for one in placeless) and placeless


def test_score_and_numbers_of_a_design() -> None:
    document = archkit.loads(
        "blueprint: 1\ntitle: T\nrequirements: {scale: {qps: 100, peak_factor: 2}}\n"
        "architecture: {lanes: {a: {viewer: user, ranker: {in: 10, latency: 4 ms}}}, flows: [viewer -> ranker]}\n"
    )
    numbers = {row.number.key: str(row.number.value) for section in document.capacity() for row in section.rows}
    assert numbers["traffic.peak_qps"] == "200/s"
    assert 0 < document.score().points < document.score("sketch").points
    with pytest.raises(archkit.BlueprintError):
        archkit.loads("- a list").score()
    with pytest.raises(archkit.BlueprintError):
        archkit.loads("").capacity()


def test_parts_of_a_document_show_themselves_shortly() -> None:
    document = archkit.loads(GOOD, "spam.yaml")
    assert document.blueprint is not None
    assert repr(document.blueprint) == "<design Spam filter: 4 components, 3 arrows>"
    assert repr(document.sources[0]) == "Source(name='spam.yaml')"
    entry = next(entry for entry in document.contents() if entry.name == "system")
    assert repr(entry) == "<figure system: System>"
    timed = archkit.loads("blueprint: 1\ntitle: T\narchitecture: {lanes: {a: {ranker: {latency: 4 ms}}}}\n").blueprint
    assert timed is not None and repr(timed.components["ranker"].latency) == "Latency(p99=<time 4 ms>)"


def test_findings_come_graver_first() -> None:
    document = archkit.loads(GOOD.replace("unsure", "不明") + "figures: [sytem]\n")
    assert codes(document) == ["FIG001"]  # without a known figure nothing is drawn, so no letter is missing
    document = archkit.loads(GOOD.replace("unsure", "不明") + "figures: [sytem, system]\n")
    assert codes(document) == ["FIG001", "FNT001"]


def test_figures_that_are_asked_for() -> None:
    document = archkit.loads(GOOD + "figures: [system]\n")
    assert document.figures() == ("system",) and document.diagnostics == ()
    document = archkit.loads(GOOD + "figures:\n  - {kind: system, name: overview, title: All of it}\n  - system\n")
    assert document.figures() == ("overview", "system")
    assert document.figure("overview").drawing.title == "All of it"
    document = archkit.loads(GOOD + "figures: [sytem, {kind: system, name: a}, {kind: system, name: a}]\n")
    assert codes(document) == ["FIG001", "FIG003"]
    assert document.diagnostics[0].hint == "did you mean `system`?"
    unknown, twice = document.diagnostics
    assert unknown.span and document.sources[0].text[unknown.span.start : unknown.span.end] == "sytem"
    assert twice.notes[0].span and twice.span and twice.notes[0].span < twice.span


def test_a_figure_that_lacks_its_data() -> None:
    document = archkit.loads("blueprint: 1\ntitle: Nothing yet\nfigures: [system]\n")
    assert codes(document) == ["FIG002"] and document.figures() == ()
    missing = document.missing("system")
    assert missing and missing[0] in document.diagnostics[0].message
    with pytest.raises(LookupError, match="it needs"):
        document.figure("system")


def test_unknown_names_are_told() -> None:
    document = archkit.loads(GOOD)
    with pytest.raises(LookupError, match=r"no figure `sytem`; did you mean `system`\?"):
        document.figure("sytem")
    with pytest.raises(LookupError, match=r"no theme `bok`; did you mean `book`\?"):
        document.figure("system", theme="bok")
    assert document.missing("sytem") is None


def test_a_figure_shows_itself_in_a_notebook() -> None:
    view = archkit.loads(GOOD, "spam.yaml").figure("system")
    assert view._repr_svg_().startswith("<svg")
    assert view._repr_mimebundle_(include=None, exclude=None) == {"image/svg+xml": view.svg, "text/plain": repr(view)}
    assert repr(view) == "<figure system of spam: Spam filter>"


def test_render_writes_the_format_of_the_suffix(tmp_path: Path) -> None:
    document = archkit.loads(GOOD)
    svg = document.render("system", tmp_path / "deep" / "a.svg")
    assert svg == tmp_path / "deep" / "a.svg"
    assert svg.read_bytes() == document.figure("system").svg.encode()
    small = document.render("system", tmp_path / "a.png", scale=1).read_bytes()
    large = document.render("system", tmp_path / "b.png", scale=2).read_bytes()
    assert small.startswith(b"\x89PNG") and large.startswith(b"\x89PNG")
    assert int.from_bytes(large[16:20], "big") == pytest.approx(2 * int.from_bytes(small[16:20], "big"), abs=2)
    assert document.figure("system", theme="dark").svg != document.figure("system").svg
    for bad, words in [("a.jpg", "svg, png"), ("a.pgn", "did you mean `png`"), ("a", "svg, png")]:
        with pytest.raises(ValueError, match=words):
            document.render("system", tmp_path / bad)
        assert not (tmp_path / bad).exists()
    with pytest.raises(ValueError, match="scale"):
        document.render("system", tmp_path / "c.png", scale=0)


def test_a_waiver_accepts_a_finding() -> None:
    text = GOOD.replace("unsure", "不明")
    assert codes(archkit.loads(text)) == ["FNT001"]
    assert codes(archkit.loads(text + "waive: {FNT001: read as it is}\n")) == []
    assert codes(archkit.loads(text + "waive: {FIG002: another}\n")) == ["FNT001"]


def test_letters_that_the_typeface_lacks_are_told_where_they_are_drawn() -> None:
    text = GOOD.replace("unsure", "不明 or 🤖") + "# 注 in a comment\nsummary: 説明 is not drawn\n"
    document = archkit.loads(text)
    assert codes(document) == ["FNT001"]
    finding = document.diagnostics[0]
    assert finding.span and text[finding.span.start : finding.span.end] == "不明"
    assert "`BuMing`" in finding.message
    column = text.split("🤖")[0].rpartition("\n")[2]
    assert [note.message for note in finding.notes] == [f"1 more stretch of this text: `🤖` (column {len(column) + 1})"]


def test_a_sentence_in_another_script_is_told_once_with_a_few_of_its_places() -> None:
    document = archkit.loads(GOOD.replace("unsure", "一 b 二 c 三 d 四 e 五 f 六 g 七"))
    (finding,) = document.diagnostics
    (note,) = finding.notes
    assert note.message.startswith("6 more stretches of this text: `二` (column ")
    assert "`五` (column " in note.message and "六" not in note.message and note.message.endswith(" and 2 more")


def test_a_text_over_several_lines_names_the_line_of_its_further_signs() -> None:
    document = archkit.loads(GOOD.replace("title: ", "title: >-\n  一 of\n  二 and\n  ", 1))
    assert [note.message for note in document.diagnostics[0].notes] == [
        "1 more stretch of this text: `二` (line 4, column 3)"
    ]


def test_many_texts_in_another_script_do_not_bury_the_rest() -> None:
    names = "".join(f"    - a{number} -> b{number}: 标签\n" for number in range(30))
    document = archkit.loads("blueprint: 1\ntitle: T\narchitecture:\n  flows:\n" + names)
    assert codes(document) == ["FNT001"] * 10
    assert document.diagnostics[-1].notes[0].message == "20 more texts have such signs, from line 15 to line 34"


def test_a_misspelt_technology_is_told_and_can_be_waived() -> None:
    text = "blueprint: 1\ntitle: T\narchitecture:\n  lanes: {data: {bus: {type: event_stream, tech: kafak}}}\n"
    (finding,) = archkit.loads(text).problems
    assert (finding.code, finding.severity) == ("LNG020", archkit.Severity.ADVICE)
    assert finding.span and text[finding.span.start : finding.span.end] == "kafak"
    assert finding.hint.startswith("did you mean `kafka`?")
    waived = archkit.loads(text.replace("kafak}", "kafak, waive: {LNG020: that is its name}}"))
    assert codes(waived) == [code for code in codes(archkit.loads(text)) if code != "LNG020"]
    # a kind of component is no slip, however near a name it is
    assert archkit.loads(text.replace("kafak", "queue")).problems == ()


def test_letters_are_found_behind_escapes_and_aliases() -> None:
    flows = 'flows: [a -> b: *c, c -> d: *c, e -> f: "\\u4e0d\\u660e"]'
    text = f"x-c: &c 不明\nblueprint: 1\ntitle: T\narchitecture:\n  {flows}\n"
    document = archkit.loads(text)
    assert [document.sources[0].text[f.span.start : f.span.end] for f in document.diagnostics if f.span] == [
        "不明",
        '"\\u4e0d\\u660e"',
    ]


def test_every_code_of_this_stage_has_a_page() -> None:
    from archkit import view
    from archkit.explain import pages

    for table in (contents.CODES, lettering.CODES, technologies.CODES, view.CODES):
        for code, (title, text) in table.items():
            assert pages()[code].title == title and len(text) > 100


def test_public_names_are_there_and_others_are_not() -> None:
    for name in archkit.__all__:
        assert getattr(archkit, name) is not None
    assert set(archkit.__all__) == set(dir(archkit))
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        archkit.lod  # noqa: B018


def test_the_version_is_that_of_the_project() -> None:
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{archkit.__version__}"' in project


def test_loading_and_checking_needs_no_layout_and_no_picture_library() -> None:
    program = "import sys, archkit; archkit.loads(sys.argv[1]).diagnostics; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, GOOD], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "archkit.parse" in loaded
    assert not loaded & {"archkit.layout", "archkit.render", "archkit.theme", "uharfbuzz", "resvg", "typer", "rich"}


# In notebooks ---------------------------------------------------------------------------------------------------------


def test_a_document_shows_itself_in_a_line_and_reports_in_words() -> None:
    good = archkit.loads(GOOD, "good.yaml")
    assert repr(good) == "<blueprint good.yaml: no findings>" and good.report() == ""
    bad = archkit.loads(GOOD.replace("title", "titel"), "bad.yaml")
    assert repr(bad) == f"<blueprint bad.yaml: {len(bad.diagnostics)} findings, see .report()>"
    assert " --> bad.yaml:2:1\n" in bad.report() and "did you mean `title`?" in bad.report()


def test_an_error_of_a_file_says_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "feed.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(archkit.FileError, match=r"there is no such file; did you mean `.*feed.yaml`\?"):
        archkit.load(tmp_path / "fed.yaml")


def test_the_letters_of_a_suffix_may_be_large(tmp_path: Path) -> None:
    path = archkit.loads(GOOD).render("system", tmp_path / "System.SVG")
    assert path.read_text(encoding="utf-8").startswith("<svg")
