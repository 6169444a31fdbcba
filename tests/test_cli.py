"""The command line: what it prints where, and what it returns."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shell import BAD, GOOD, WARNED, Out, in_folder, program, put, run  # noqa: F401 - in_folder is a fixture
from typer.testing import CliRunner

import archkit
from archkit import explain
from archkit.cli import main
from archkit.cli.app import COMMANDS, app
from archkit.figures import KINDS

pytestmark = pytest.mark.usefixtures("in_folder")


# The program as a whole -----------------------------------------------------------------------------------------------


def test_version_and_help(capsys: Out) -> None:
    assert run(capsys, "--version") == (0, f"archkit {archkit.__version__}\n", "")
    code, out, _ = run(capsys)
    assert code == 0
    for name in COMMANDS:
        assert name in out
        code, help_, _ = run(capsys, name, "--help")
        assert code == 0 and "Usage" in help_


def test_typer_s_own_runner_works() -> None:
    put("a.yaml", BAD)
    result = CliRunner().invoke(app, ["validate", "a.yaml"])
    assert result.exit_code == 1 and "did you mean `title`" in result.stdout
    assert CliRunner().invoke(app, ["types"]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["valdate"], "no such command: valdate; did you mean `validate`?"),
        (["xyzzyx"], "no such command: xyzzyx"),
        (["render"], "missing argument 'BLUEPRINT"),
        (["render", "a.yaml", "--figur", "x"], "did you mean `--figure`?"),
        (["render", "a.yaml", "-f", "pgn"], "there is no `pgn`; did you mean `png`?"),
        (["render", "a.yaml", "-f", "svg,"], ""),
        (["render", "a.yaml", "-f", ","], "write one of svg, png"),
        (["render", "a.yaml", "--theme", "bok"], "there is no `bok`; did you mean `book`?"),
        (["render", "a.yaml", "--theme", "zzz"], "there is no `zzz`; write one of book,"),
        (["render", "a.yaml", "--engine", "dott"], "did you mean `dot`?"),
        (["render", "a.yaml", "--scale", "0"], "0 is not a number above 0"),
        (["render", "a.yaml", "--scale", "nan"], "nan is not a number above 0"),
        (["render", "a.yaml", "--scale", "big"], "'big' is not a"),
        (["render", "a.yaml", "--timeout", "-1"], "-1 is not a number above 0"),
        (["validate", "a.yaml", "--format", "jason"], "there is no `jason`; did you mean `json`?"),
        (["types", "--format", "sarif"], "there is no `sarif`; write one of text, json"),
        (["new", "x"], "say which kind of system it is"),
        (["new", "x", "-a", "serch"], "there is no `serch`; did you mean `search`?"),
        (["new", "..", "-a", "search"], "`..` names no file"),
        (["explain", "YML07"], "did you mean `YML007`?"),
        (["explain", "QQQQQQ"], "there is no code `QQQQQQ`"),
    ],
)
def test_usage_errors_say_what_was_meant(capsys: Out, words: list[str], message: str) -> None:
    put("a.yaml")
    code, out, err = run(capsys, *words)
    if not message:
        assert code == 0
        return
    assert code == 2 and out == ""
    assert message in err.replace("Missing", "missing")
    assert err.startswith("error: ") and "Traceback" not in err


def test_an_internal_error_is_told_as_such(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise ZeroDivisionError("by \x1b[31mnothing")

    monkeypatch.setattr("archkit.cli.validate.gather", explode)
    code, out, err = run(capsys, "validate", "a.yaml")
    assert code == 101 and out == ""
    assert "ZeroDivisionError: by \\u{1b}[31mnothing" in err and "please report it" in err and "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        main(["validate", "--traceback", "a.yaml"])
    monkeypatch.setenv("ARCHKIT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["validate", "a.yaml"])


def test_ctrl_c_ends_quietly(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("archkit.cli.validate.gather", interrupt)
    assert run(capsys, "validate", "a.yaml") == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="closed pipes differ")
def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "archkit", "types", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141 and errors == b""


def test_starting_loads_only_what_the_command_needs() -> None:
    put("a.yaml")
    spy = "import sys; from archkit.cli import main; code = main(sys.argv[1:]); print(*sys.modules); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", spy, "validate", "a.yaml"], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "archkit.parse" in loaded and "typer" in loaded
    assert not loaded & {"rich", "pydantic", "archkit.layout", "archkit.theme", "archkit.text", "uharfbuzz", "resvg"}


def test_output_that_does_not_fit_the_encoding_is_spelled_out() -> None:
    put("a.yaml", WARNED)
    done = program("validate", "a.yaml", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0 and "\\u90f5" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_only_where_it_is_wanted(
    capsys: Out, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    put("a.yaml", BAD)
    _, out, _ = run(capsys, "validate", "a.yaml")
    assert ("\x1b[" in out) is expected
    _, _, err = run(capsys, "validate", "b.yaml")
    assert ("\x1b[" in err) is expected


def complete(words: str) -> list[str]:
    environment = {"_ARCHKIT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words}
    done = program(env=environment)
    return re.findall(r'"([^":]+)"(?::"[^"]*")?', done.stdout.replace("\\:", ":"))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("archkit val", {"validate"}),
        ("archkit render x.yaml --theme d", {"dark"}),
        ("archkit render x.yaml --figure tr", {"training"}),
        ("archkit render x.yaml -f svg,", {"svg,png"}),
        ("archkit new x --archetype fed", {"federated"}),
        ("archkit validate x --format s", {"sarif"}),
        ("archkit explain YML00", {f"YML00{number}" for number in range(1, 10)}),
    ],
)
def test_the_shell_completes(words: str, offered: set[str]) -> None:
    assert offered <= set(complete(words))


def test_the_shell_is_told_how_to_complete() -> None:
    script = program(env={"_ARCHKIT_COMPLETE": "source_bash"}).stdout
    assert "_ARCHKIT_COMPLETE=complete_bash" in script


# validate -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (GOOD, [], 0),
        (BAD, [], 1),
        (BAD, ["--exit-zero"], 0),
        (WARNED, [], 0),
        (WARNED, ["--error-on-warning"], 1),
        (WARNED, ["--error-on-warning", "--exit-zero"], 0),
    ],
)
@pytest.mark.parametrize("command", ["validate", "render"])
def test_exit_codes(capsys: Out, command: str, text: str, options: list[str], expected: int) -> None:
    put("a.yaml", text)
    assert run(capsys, command, "a.yaml", *options)[0] == expected


def test_results_go_to_standard_output(capsys: Out) -> None:
    put("a.yaml", BAD)
    put("b.yaml", WARNED)
    code, out, err = run(capsys, "validate", "a.yaml", "b.yaml")
    assert code == 1 and err == ""
    assert out.index("error[LNG001]") < out.index("warning[FNT001]")
    assert "--> a.yaml:2:1" in out and "--> b.yaml:5:" in out
    assert out.endswith("in 2 files\n")
    code, out, err = run(capsys, "validate", put("c.yaml"))
    assert (code, out, err) == (0, "", "no findings in 1 blueprint\n")


def test_machine_readable_formats(capsys: Out) -> None:
    put("a.yaml", BAD)
    put("b.yaml", WARNED)
    _, out, _ = run(capsys, "validate", "a.yaml", "b.yaml", "--format", "json")
    report = json.loads(out)
    assert {found["file"] for found in report["findings"]} == {"a.yaml", "b.yaml"}
    _, out, _ = run(capsys, "validate", "a.yaml", "b.yaml", "--format", "sarif")
    log = json.loads(out)["runs"][0]
    assert log["tool"]["driver"]["semanticVersion"] == archkit.__version__
    assert all(rule["shortDescription"]["text"] for rule in log["tool"]["driver"]["rules"])
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in log["results"]}
    assert uris == {"a.yaml", "b.yaml"}
    _, out, _ = run(capsys, "validate", "a.yaml", "--format", "github")
    assert out.startswith("::error file=a.yaml,line=") and "::" in out[7:]


def test_findings_in_a_shared_part_are_told_once_and_where_the_part_is(capsys: Out) -> None:
    put("designs/parts/common.yaml", "monitorin: {owner: us}\n")
    for name in ("a", "b"):
        put(f"designs/{name}.yaml", GOOD + "include: parts/common.yaml\n")
    code, out, _ = run(capsys, "validate", "designs", "--format", "github")
    assert code == 1
    assert [line.split(",")[0] for line in out.splitlines()] == ["::error file=designs/parts/common.yaml"]
    # What follows from the part in one of them only is still told for it.
    put("designs/b.yaml", GOOD + "include: parts/common.yaml\nsumary: x\n")
    _, out, _ = run(capsys, "validate", "designs", "--format", "json")
    files = [found["file"] for found in json.loads(out)["findings"]]
    assert files == ["designs/parts/common.yaml", "designs/b.yaml"]


@pytest.mark.parametrize(
    ("reason", "day", "expected", "said"),
    [
        ("built until 2026-09-30", "", 0, ""),
        ("built until 2026-09-30", "2026-09-30", 0, ""),
        ("built until 2026-09-30", "2026-10-01", 1, "this waiver of `SRV03` ended on 2026-09-30"),
        ("built until 2026-9-3", "2026-09-04", 1, "this waiver of `SRV03` ended on 2026-09-03"),
        ("built until 2026-09-31", "2026-01-01", 1, "holds until `2026-09-31`, which is no day"),
        ("since 2020-01-01, its own fallback", "2026-10-01", 0, ""),
        ("built until 2026-09-30", "30.9.2026", 2, "`30.9.2026` is no day"),
    ],
)
def test_waivers_end_on_the_day_that_they_say(capsys: Out, reason: str, day: str, expected: int, said: str) -> None:
    put("a.yaml", GOOD + f"serving:\n  waive: {{SRV03: '{reason}'}}\n")
    code, out, err = run(capsys, "validate", "a.yaml", "--profile", "sketch", *(["--as-of", day] if day else []))
    assert code == expected and (said in out + err) and ("WVR03" in out) is (expected == 1)


def test_the_report_can_go_to_a_file(capsys: Out) -> None:
    put("a.yaml", BAD)
    code, out, err = run(capsys, "validate", "a.yaml", "--format", "json", "-o", "out/report.json")
    assert code == 1 and out == "" and err == "wrote out/report.json\n"
    assert json.loads(Path("out/report.json").read_text(encoding="utf-8"))["summary"]["error"] >= 1
    code, _, err = run(capsys, "validate", "a.yaml", "-o", ".")
    assert code == 2 and "it is a folder" in err


# The small commands ---------------------------------------------------------------------------------------------------


def test_explain(capsys: Out) -> None:
    code, out, _ = run(capsys, "explain", "fun")
    assert code == 0 and all(line.startswith("FUN0") for line in out.splitlines()) and len(out.splitlines()) > 5
    code, out, err = run(capsys, "explain", "STR01", "LAT", "nothing", "STR01")
    assert code == 2 and out.count("STR01:") == 1 and "\n\nLAT01" in out and "there is no code `nothing`" in err
    code, out, _ = run(capsys, "explain", "yml007")
    assert code == 0 and out.startswith("YML007: A key is written twice\n\n") and "```yaml" in out
    code, out, _ = run(capsys, "explain")
    assert code == 0 and "YML007  A key is written twice\n" in out and "FNT001" in out and "LNG001" in out


def test_types(capsys: Out) -> None:
    from archkit.catalog import TYPES

    _, out, _ = run(capsys, "types")
    lines = out.splitlines()
    assert lines[0].split() == ["TYPE", "LANE", "TITLE", "WHAT", "IS"] or lines[0].startswith("TYPE")
    assert {line.split()[0] for line in lines[1:] if line[0] != " "} == set(TYPES)
    assert max(map(len, lines)) <= 120
    _, out, _ = run(capsys, "types", "--format", "json")
    assert [each["id"] for each in json.loads(out)] == list(TYPES)


def test_schema(capsys: Out) -> None:
    from archkit.schema import json_schema

    code, out, _ = run(capsys, "schema")
    codes = {code: page.title for code, page in explain.pages().items() if code[-3].isalpha() and code[:3] != "WVR"}
    figures = {"all": "Every figure that applies."}
    figures |= {kind.name: kind.summary for kind in KINDS.values() if not kind.authored}
    assert code == 0 and json.loads(out) == json_schema(codes, figures)
    assert "SRV03" in codes and "system" in figures and "metric" not in figures
    _, of_parts, _ = run(capsys, "schema", "--part")
    assert json.loads(of_parts) == json_schema(codes, figures, part=True)
    assert "required" not in json.loads(of_parts)
    code, nothing, err = run(capsys, "schema", "-o", "archkit.schema.json")
    assert (code, nothing, err) == (0, "", "wrote archkit.schema.json\n")
    assert Path("archkit.schema.json").read_text(encoding="utf-8") == out


def test_figures(capsys: Out) -> None:
    put("a.yaml")
    code, out, _ = run(capsys, "figures", "a.yaml")
    assert code == 0 and re.search(r"can be drawn\n(  \w+ .*\n)*  system ", out)
    put("b.yaml", "blueprint: 1\ntitle: Nothing\n")
    code, out, _ = run(capsys, "figures", "b.yaml")
    assert code == 0 and re.search(r"need more\n(  .*\n)*  system +System +needs \w+", out) and "can be" not in out
    code, out, _ = run(capsys, "figures", "b.yaml", "--format", "json")
    assert {figure["name"] for figure in json.loads(out)} >= {"system", "training", "inference"}
    assert all(figure["missing"] for figure in json.loads(out))
    put("c.yaml", "- a\n")
    code, out, err = run(capsys, "figures", "c.yaml")
    assert code == 1 and out == "" and "LNG017" in err
