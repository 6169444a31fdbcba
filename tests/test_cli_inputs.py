"""Paths on the command line: files, folders, standard input, and what is no blueprint."""

import os
from pathlib import Path

import pytest
from shell import BAD, GOOD, Out, in_folder, program, put, run  # noqa: F401 - in_folder is a fixture

from archkit.cli.inputs import gather

pytestmark = pytest.mark.usefixtures("in_folder")


def test_folders_are_searched_for_blueprints(capsys: Out) -> None:
    put("all/b.yaml")
    put("all/deep/a.yml")
    put("all/deep/quoted.yaml", GOOD.replace("blueprint:", '"blueprint" :'))
    put("all/part.yaml", "monitoring: {}\n# blueprint: 1\n")
    put("all/.hidden/c.yaml")
    put("all/.config.yaml", "a: 1\n")
    put("all/notes.txt")
    inputs = gather(["all", "all/b.yaml", "./all/../all/b.yaml"])
    found = [Path(given.path).as_posix() for given in inputs.blueprints]
    assert found == ["all/b.yaml", "all/deep/a.yml", "all/deep/quoted.yaml"]
    assert [Path(name).as_posix() for name in inputs.skipped] == ["all/part.yaml"]
    code, _, err = run(capsys, "validate", "all")
    assert code == 0 and "skipped 1 file without a `blueprint:` key" in err and "part.yaml" in err
    assert "no findings in 3 blueprints" in err


@pytest.mark.parametrize(
    "include",
    [
        "include: parts/a.yaml\n",
        "include: [parts/a.yaml, other.yml]\n",
        "include:\n  - ./parts/a.yaml\n",
        "include:\n- 'parts/a.yaml'  # the first\n",
        "include: [\n  other.yml,\n  parts/a.yaml\n]\n",
    ],
)
def test_files_that_others_include_are_not_skipped(capsys: Out, include: str) -> None:
    put("all/main.yaml", GOOD + include + "tags: [words.yaml]\n")
    put("all/parts/a.yaml", "include: b.yaml\nmonitoring: {}\n")
    put("all/parts/b.yaml", "summary: mail\n")
    put("all/other.yml", "tags: [b]\n")
    put("all/words.yaml", "a: 1\n")
    inputs = gather(["all"])
    skipped = [Path(name).as_posix() for name in inputs.skipped if "other" not in name]
    assert skipped == ["all/words.yaml"]


def test_installed_packages_are_not_searched() -> None:
    put("a.yaml")
    put("node_modules/x/b.yaml")
    put("env/pyvenv.cfg", "home = /usr\n")
    put("env/share/archkit/blueprints/c.yaml")
    inputs = gather(["."])
    assert [Path(given.path).as_posix() for given in inputs.blueprints] == ["a.yaml"] and inputs.skipped == []
    assert inputs.blueprints[0].path == "a.yaml"  # as git names it
    # Who names such a folder means it.
    assert len(gather(["env"]).blueprints) == 1


def test_each_blueprint_has_a_folder_of_its_own() -> None:
    paths = ["a/video.yaml", "b/video.yaml", "b/video.yml", "CON.yaml", "x.yaml", "X.yaml", "-", "../up/y.yaml"]
    folders = [given.folder for given in gather(paths).blueprints]
    assert len({folder.casefold() for folder in folders}) == len(folders)
    assert folders[0] == "a-video" and folders[3] == "CON_" and folders[6:] == ["stdin", "y"]
    assert gather(["a/video.yaml", "b/mail.yaml"]).blueprints[0].folder == "video"


def test_an_absolute_path_below_the_working_folder_is_shown_as_a_relative_one(tmp_path: Path) -> None:
    put("in/a.yaml")
    assert Path(gather([str(tmp_path / "in" / "a.yaml")]).blueprints[0].path) == Path("in/a.yaml")


@pytest.mark.parametrize("command", ["validate", "render", "figures"])
def test_a_missing_file(capsys: Out, command: str) -> None:
    put("spam-filter.yaml")
    code, _, err = run(capsys, command, "spam-fliter.yaml")
    assert code == 2
    assert "error: cannot read `spam-fliter.yaml`: there is no such file" in err
    assert "did you mean `spam-filter.yaml`?" in err


def test_the_others_go_on(capsys: Out) -> None:
    put("a.yaml", BAD)
    code, out, err = run(capsys, "validate", "missing.yaml", "a.yaml")
    assert code == 2 and "missing.yaml" in err and "error[LNG001]" in out


def test_a_folder_without_blueprints(capsys: Out) -> None:
    put("empty/readme.txt")
    code, _, err = run(capsys, "validate", "empty")
    assert code == 2 and "there is no blueprint in the folder `empty`" in err and "archkit new" in err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read anything")
def test_permission_denied(capsys: Out) -> None:
    Path(put("a.yaml")).chmod(0)
    code, _, err = run(capsys, "validate", "a.yaml")
    assert code == 2 and "permission denied" in err


def test_permission_denied_is_told_to_root_too(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.yaml")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    code, _, err = run(capsys, "validate", "a.yaml")
    assert code == 2 and "cannot read `a.yaml`: permission denied" in err


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "YML027", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "YML001", "picture"),
        (b"title: caf\xe9\nblueprint: 1\n", "YML001", "UTF-8"),
        (b"a: [1, 2\n", "YML016", ""),
        (b"- a\n- b\n", "LNG017", ""),
    ],
)
def test_files_that_are_no_blueprint(capsys: Out, content: bytes, code: str, words: str) -> None:
    put("a.yaml", content)
    status, out, _ = run(capsys, "validate", "a.yaml")
    assert status == 1 and f"error[{code}]" in out and words in out and "a.yaml:" in out


def test_standard_input() -> None:
    done = program("validate", "-", input=BAD)
    assert done.returncode == 1 and "--> <stdin>:2:1" in done.stdout
    assert program("render", "-", input=GOOD).returncode == 0
    assert Path("output/stdin/system.svg").exists()
