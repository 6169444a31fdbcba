"""Files are written whole or not at all, and their names stay in their folder."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit import filenames, files

posix = pytest.mark.skipif(os.name == "nt", reason="permission bits are POSIX's")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")


def test_writes_new_files_and_folders(tmp_path: Path) -> None:
    files.write(tmp_path / "a" / "b" / "c.svg", b"new")
    assert (tmp_path / "a" / "b" / "c.svg").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.svg"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), MemoryError()]
)
def test_a_failure_leaves_the_earlier_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    target = tmp_path / "system.svg"
    target.write_bytes(b"earlier")

    def fail(*_: object, **__: object) -> None:
        raise error

    if step == "write":
        monkeypatch.setattr(
            files, "_fill", lambda descriptor, data: (os.write(descriptor, data[:2]), os.close(descriptor), fail())
        )
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(files.FileError if isinstance(error, OSError) else type(error)) as caught:
        files.write(target, b"later")
    monkeypatch.undo()
    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["system.svg"]
    if isinstance(caught.value, files.FileError):
        assert "the disk is full" in caught.value.message and str(target) in caught.value.message
        assert caught.value.hint


@posix
def test_permissions_follow_the_umask_and_an_earlier_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "new", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    (tmp_path / "new").chmod(0o600)
    files.write(tmp_path / "new", b"again")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600


@posix
def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "system.svg").symlink_to(tmp_path / "precious")
    files.write(tmp_path / "out" / "system.svg", b"<svg/>")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert not (tmp_path / "out" / "system.svg").is_symlink()


@posix
def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        files.write(tmp_path / "pipe", b"through")
        assert os.read(reader, 20) == b"through"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_left_over_temporary_file_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / f".archkit-{os.getpid()}-0.tmp").write_bytes(b"of a crash")
    files.write(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert (tmp_path / f".archkit-{os.getpid()}-0.tmp").read_bytes() == b"of a crash"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("folder", "it is a folder"),
        ("file/system.svg", "a part of its path is a file"),
        ("file/deeper/system.svg", "a part of its path is a file"),
        pytest.param("n" * 300, "too long", marks=posix),
        pytest.param("locked/system.svg", "permission denied", marks=[posix, not_root]),
        pytest.param("read-only", "permission denied", marks=[posix, not_root]),
    ],
)
def test_the_reason_is_told(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "read-only").write_bytes(b"x")
    (tmp_path / "read-only").chmod(0o444)
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(files.FileError) as caught:
        files.write(tmp_path / path, b"data")
    assert reason in caught.value.message
    assert (tmp_path / "file").read_bytes() == b"x" == (tmp_path / "read-only").read_bytes()


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="the twin of the two cases above")
def test_permission_denied_is_told_by_the_system_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(files.FileError, match="permission denied"):
        files.write(tmp_path / "a", b"data")


@posix
def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("Linux has /dev/full")
    with pytest.raises(files.FileError, match="the disk is full"):
        files.write("/dev/full", b"data")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("system", "system"),
        ("two_tower", "two_tower"),
        ("../../etc/passwd", "etc-passwd"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("..", "figure"),
        ("", "figure"),
        (".hidden", "hidden"),
        ("trailing. ", "trailing"),
        ("con", "con_"),
        ("NUL.svg", "NUL_.svg"),
        ("com1", "com1_"),
        ("lpt9.x", "lpt9_.x"),
        ("confusion", "confusion"),
        ("a\0b\nc", "a-b-c"),
        ("名前", "名前"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u202eb", "a-b"),
        ("-rf", "rf"),
    ],
)
def test_safe_name(name: str, expected: str) -> None:
    assert filenames.safe_name(name) == expected


def test_long_names_stay_apart() -> None:
    one, two = filenames.safe_name("n" * 300 + "1"), filenames.safe_name("n" * 300 + "2")
    assert one != two
    assert len(one) == len(two) == 100
    assert len(filenames.safe_name("名" * 90).encode()) <= 100


def test_names_that_differ_by_case_get_a_number() -> None:
    assert filenames.safe_names(["A", "a", "a-2", "b/c", "b-c", "A"]) == {
        "A": "A",
        "a": "a-3",
        "a-2": "a-2",
        "b/c": "b-c-2",
        "b-c": "b-c",
    }


@given(st.lists(st.text(max_size=40) | st.sampled_from(["con", "CON", "..", "a/b", "a\\b", "A", "a", "ß", "SS", "ſ"])))
def test_no_name_leaves_its_folder_or_meets_another(names: list[str]) -> None:
    chosen = filenames.safe_names(names)
    assert list(chosen) == list(dict.fromkeys(names))
    assert len({name.casefold() for name in chosen.values()}) == len(chosen)
    for name in chosen.values():
        assert name and not set(name) & set('/\\:*?"<>|\0\n ')
        assert name[0] not in ".-" and name[-1] not in ". "
        assert name.split(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt1"}
        assert Path(name).name == name
        assert len(os.fsencode(name)) < 120 or sys.platform == "win32"


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("fede.yaml", "feed.yaml"), ("feed.yml", "feed.yaml"), ("feed", "feed.yaml"), ("nope.yaml", ""), ("x.yaml", "")],
)
def test_a_missing_file_is_taken_for_one_that_is_called_alike(asked: str, hint: str, tmp_path: Path) -> None:
    for name in ("feed.yaml", "e.yaml"):
        (tmp_path / name).write_bytes(b"blueprint: 1\n")
    with pytest.raises(files.FileError) as raised:
        files.read(tmp_path / asked, 100)
    assert (str(tmp_path / hint) in raised.value.hint) if hint else "did you mean" not in raised.value.hint
