"""Work in several processes: the same results in the same order, whatever happens to one, and none left behind."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from shell import BAD, GOOD, Out, in_folder, program, put, run  # noqa: F401 - in_folder is a fixture

import archkit.cli.drawing
import archkit.made
import archkit.view
from archkit import files, workers
from archkit.document import loads
from archkit.layout import layout
from archkit.made import Made, made
from archkit.theme import BOOK, THEMES
from archkit.view import FigureView
from archkit.workers import Task, WorkerDiedError, Workers, available, usual

ROOT = Path(__file__).parent.parent
METHODS = sorted({workers.METHOD, "spawn"})
MANY = GOOD + "figures:\n" + "".join(f"  - {{kind: system, name: figure_{n:02}}}\n" for n in range(24))
THEME = "theme: 1\nextends: book\nsizes: {node: 15}\n"
unix = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")


# Functions that other processes find here ----------------------------------------------------------------------------


def doubled(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def failing(number: int) -> int:
    raise ZeroDivisionError(f"by {number}")


def dying(number: int, wanted: int) -> int:
    if number == wanted:
        os._exit(9)
    return number


def dying_once(number: int, mark: str) -> int:
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return number


def sleeping(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def made_but_one(view: FigureView, *rest: object) -> Made:
    if view.name == "figure_03":
        os._exit(9)
    return made(view, *rest)  # type: ignore[arg-type]


def spent(view: FigureView, *rest: object) -> Made:
    raise RuntimeError(f"no idea how to draw {view.name}")


def all_of(count: int, function: Callable[..., object], *rest: object, jobs: int = 2) -> tuple[list[object], list[str]]:
    """Return results of numbers, or the errors that come in place of them, and what was told."""
    told: list[str] = []
    found: list[object] = []
    with Workers(jobs, told.append) as crew:
        tasks: list[Task[object]] = [crew.begin(function, number, *rest, effort=9) for number in range(count)]
        for task in tasks:
            try:
                found.append(task.result())
            except Exception as error:
                found.append(error)
    return found, told


# Results --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_results_come_from_other_processes_in_their_order(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "METHOD", method)
    before = multiprocessing.active_children()
    found, told = all_of(9, doubled)
    assert [result[0] for result in found] == [2 * n for n in range(9)] and told == []  # type: ignore[index]
    processes = {result[1] for result in found}  # type: ignore[index]
    assert os.getpid() not in processes and 1 <= len(processes) <= 2
    assert multiprocessing.active_children() == before


def test_little_work_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workers, "_start", lambda *_: pytest.fail("a process was started"))
    assert {pid for _, pid in all_of(2, doubled)[0]} == {os.getpid()}  # type: ignore[misc]
    assert {pid for _, pid in all_of(50, doubled, jobs=1)[0]} == {os.getpid()}  # type: ignore[misc]
    with Workers(8) as crew:
        alone = crew.begin(doubled, 1, effort=1000)  # one large task is done no sooner elsewhere
        assert alone.result() == (2, os.getpid())


def test_what_work_raises_is_raised_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = all_of(4, failing)
    assert [str(error) for error in found] == [f"by {n}" for n in range(4)]
    assert "in failing" in str(found[0].__cause__)  # type: ignore[attr-defined]


def test_a_task_whose_process_dies_is_the_only_one_that_is_lost() -> None:
    found, told = all_of(7, dying, 4)
    assert [n for n in range(7) if found[n] == n] == [0, 1, 2, 3, 5, 6]
    assert isinstance(found[4], WorkerDiedError) and "memory" in str(found[4])
    assert len(told) == 1 and "one figure at a time" in told[0]


def test_work_goes_on_in_one_process_where_several_were_too_many(tmp_path: Path) -> None:
    found, told = all_of(7, dying_once, str(tmp_path / "mark"))
    assert found == list(range(7)) and len(told) == 1


@pytest.mark.parametrize("error", [OSError(38, "Function not implemented"), EOFError("unexpected EOF")], ids=repr)
def test_where_no_process_can_be_started_this_one_works(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Workers, "_start", refuse)
    found, told = all_of(5, doubled)
    assert found == [(2 * n, os.getpid()) for n in range(5)]
    assert len(told) == 1 and str(error) in told[0]


@unix
def test_a_process_that_dies_before_all_tasks_are_begun_is_no_mistake(tmp_path: Path) -> None:
    told: list[str] = []
    with Workers(2, told.append) as crew:
        first = [crew.begin(dying_once, number, str(tmp_path / "mark"), effort=20) for number in range(2)]
        deadline = time.monotonic() + 60
        while not told and time.monotonic() < deadline:  # until the end of one is known here
            first.append(crew.begin(dying_once, len(first), str(tmp_path / "mark"), effort=20))
            time.sleep(0.01)
        assert [task.result() for task in first] == list(range(len(first)))
    assert len(told) == 1 and "one figure at a time" in told[0]


@unix
@pytest.mark.skipif(workers.METHOD != "forkserver", reason="only there does one process start the others")
def test_where_the_process_that_starts_others_is_ended_work_goes_on() -> None:
    from multiprocessing.forkserver import _forkserver

    told: list[str] = []
    with Workers(2, told.append) as crew:
        tasks = [crew.begin(sleeping, 0.1, effort=20) for _ in range(6)]
        server = _forkserver._forkserver_pid  # type: ignore[attr-defined]
        os.kill(server, signal.SIGKILL)
        assert [task.result() for task in tasks] == [0.1] * 6
    assert len(told) == 1


@unix
def test_leaving_early_ends_processes_at_once() -> None:
    before = multiprocessing.active_children()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Workers(2) as crew:
        tasks = [crew.begin(sleeping, 60, effort=20) for _ in range(3)]
        assert [crew.begin(doubled, 1, effort=20).future for _ in range(2)] and tasks[1].future
        time.sleep(1)
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == before and time.monotonic() - began < 30


@pytest.mark.parametrize("name", workers._LOADED)
def test_what_processes_load_before_they_are_needed_is_there(name: str) -> None:
    assert find_spec(name) is not None  # no process tells that it is not


def test_the_number_of_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workers, "_QUOTA", tmp_path / "none")
    whole = available()
    assert whole >= 1
    monkeypatch.delenv("ARCHKIT_JOBS")
    assert usual() == whole
    for said, count in (("3", 3), ("0", whole), ("many", whole), ("", whole)):
        monkeypatch.setenv("ARCHKIT_JOBS", said)
        assert usual() == count
    quota = put(str(tmp_path / "cpu.max"), "50000 100000\n")
    monkeypatch.setattr(workers, "_QUOTA", Path(quota))
    assert available() == 1
    put(quota, "max 100000\n")
    assert available() == whole


def test_a_theme_arrives_as_one_and_the_same() -> None:
    for theme in (BOOK, THEMES["whiteboard"]):
        one, other = (pickle.loads(pickle.dumps(theme)) for _ in range(2))
        assert one is other and one.colours == theme.colours and one.strokes.hand == theme.strokes.hand
        assert type(one.colours) is type(theme.colours)


# Commands -------------------------------------------------------------------------------------------------------------


def tree(folder: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*.*")}


@pytest.fixture
def several(in_folder: None) -> None:  # noqa: F811
    put("all/a.yaml", MANY)
    put("all/b.yaml", BAD)
    put("all/c.yaml", GOOD.replace("-> inbox", "-> inbox: 郵便"))
    put("all/d.yaml", "blueprint: 1\ntitle: Nothing yet\n")
    put("all/e.yaml", (ROOT / "blueprints" / "spam-filter.yaml").read_bytes())
    put("look.yaml", THEME)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.usefixtures("several")
def test_render_is_the_same_with_one_process_and_with_several(
    method: str, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "METHOD", method)
    words = ["all", "nowhere.yaml", "-f", "svg,png", "--steps", "--theme", "look.yaml"]
    results = [run(capsys, "render", *words, "-o", f"out{jobs}", "--jobs", jobs) for jobs in ("1", "3")]
    said = [(code, out.replace("out3", "out1"), re.sub(r"in \d+\.\d\d s", "", err)) for code, out, err in results]
    assert said[0] == said[1] and said[0][0] == 2 and "FNT001" in said[0][2] and "did you mean" in said[0][2]
    assert tree("out1") == tree("out3") and len(tree("out1")) > 100


@pytest.mark.usefixtures("several")
def test_standard_input_and_the_cache_with_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHKIT_CACHE", str(Path("kept").absolute()))
    cold = program("render", "-", "-o", "cold", "-j", "2", input=MANY)
    warm = program("render", "-", "-o", "warm", "-j", "2", input=MANY)
    plain = program("render", "-", "-o", "plain", "-j", "1", "--no-cache", input=MANY)
    assert [done.returncode for done in (cold, warm, plain)] == [0, 0, 0], cold.stderr
    assert tree("cold") == tree("warm") == tree("plain") and len(tree("cold")) == 24
    assert len(tree("kept")) == 0 and len([path for path in Path("kept").rglob("*") if path.is_file()]) == 24


@pytest.mark.parametrize(
    "words",
    [
        ["book", "all", "-o", "OUT.pdf", "--no-cache"],
        ["site", "all", "-o", "OUT", "--no-cache"],
        ["cards", "all", "-o", "OUT.apkg"],
        ["gallery", "-o", "OUT.svg"],
        ["gallery", "-o", "OUT.html"],
    ],
    ids=["book", "site", "cards", "sheet", "page"],
)
@pytest.mark.usefixtures("several")
def test_other_commands_are_the_same_with_several(words: list[str], capsys: Out) -> None:
    if words[0] == "book":
        pytest.importorskip("typst", reason="typst writes PDF files")
    if words[0] == "cards":
        pytest.importorskip("genanki", reason="genanki writes decks")
    results = []
    for jobs in ("1", "2"):
        name = f"out{jobs}"
        code, out, err = run(capsys, *(word.replace("OUT", f"{name}/x") for word in words), "-j", jobs)
        results.append((code, out.replace(name, ""), err, tree(name)))
    assert results[0] == results[1] and results[0][3]


@pytest.mark.usefixtures("in_folder")
def test_a_process_that_is_killed_is_told_and_costs_one_figure(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archkit.made, "made", made_but_one)
    code, out, err = run(capsys, "render", put("a.yaml", MANY), "-j", "2")
    names = [f"figure_{n:02}.svg" for n in range(24) if n != 3]
    assert code == 2 and [Path(line).name for line in out.splitlines()] == names
    assert err.count("warning: a process that draws ended before it was done") == 1
    assert "error: figure `figure_03` of a.yaml: the process that draws it ended" in err and "23 files" in err
    assert sorted(path.name for path in Path("output/a").iterdir()) == names


@pytest.mark.usefixtures("in_folder")
def test_a_mistake_of_the_program_is_told_from_where_it_was_made(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archkit.made, "made", spent)
    put("a.yaml", MANY)
    code, _, err = run(capsys, "render", "a.yaml", "-j", "2")
    assert code == 101 and "RuntimeError: no idea how to draw figure_00" in err and "Traceback" not in err
    with pytest.raises(RuntimeError) as caught:
        archkit.cli.main(["render", "a.yaml", "-j", "2", "--traceback"])
    assert "in spent" in str(caught.value.__cause__)


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize("jobs", ["0", "1.5", "-1", "nan", "inf"])
def test_a_number_of_processes_that_is_none(jobs: str, capsys: Out) -> None:
    code, _, err = run(capsys, "render", put("a.yaml"), "--jobs", jobs)
    assert code == 2 and "is not a whole number above 0" in err


@pytest.mark.usefixtures("in_folder")
def test_a_file_in_the_way_stops_the_run(capsys: Out) -> None:
    put("a.yaml", MANY)
    Path("output/a/figure_17.svg").mkdir(parents=True)
    code, out, err = run(capsys, "render", "a.yaml", "-j", "2")
    assert code == 2 and "cannot write `output/a/figure_17.svg`: it is a folder" in err.replace("\\", "/")
    assert len(out.splitlines()) == 17 and not list(Path("output").rglob("*.tmp"))


@pytest.mark.usefixtures("in_folder")
def test_a_bare_script_may_draw() -> None:
    put("a.yaml", MANY)
    script = "print('once')\nimport archkit.workers\narchkit.workers.METHOD = 'spawn'\nfrom archkit.cli import main\n"
    put("script.py", script + "print(main(['render', 'a.yaml', '-j', '2']))\n")
    done = subprocess.run([sys.executable, "script.py"], capture_output=True, text=True)
    assert done.stdout.splitlines()[0] == "once" and done.stdout.splitlines()[-1] == "0", done.stderr
    assert done.stdout.count("once") == 1 and len(done.stdout.splitlines()) == 26 and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["site", "cards"])
@pytest.mark.usefixtures("in_folder")
def test_each_figure_is_laid_out_once(command: str, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    if command == "cards":
        pytest.importorskip("genanki", reason="genanki writes decks")
    laid_out: list[str] = []

    def counted(figure: Any, *rest: Any, **more: Any) -> Any:
        laid_out.append(figure.description)
        return layout(figure, *rest, **more)

    monkeypatch.setattr(archkit.view, "layout", counted)
    put("a.yaml", (ROOT / "blueprints" / "spam-filter.yaml").read_bytes())
    more = ["--no-cache"] if command == "site" else []
    assert run(capsys, command, "a.yaml", *more)[0] == 0
    assert len(laid_out) == len(set(laid_out)) >= 1


@pytest.mark.usefixtures("in_folder")
def test_several_threads_write_into_one_folder() -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: files.write(f"all/{n}.bin", bytes([n]) * 1000), range(100)))
    assert tree("all") == {f"{n}.bin": bytes([n]) * 1000 for n in range(100)}


def alive(group: int) -> list[str]:
    """Return the processes of a group that have not ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(status.parent.name)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.usefixtures("in_folder")
def test_an_interruption_leaves_whole_files_and_no_process(method: str, number: int, code: int) -> None:
    put("a.yaml", GOOD + "figures:\n" + "".join(f"  - {{kind: system, name: figure_{n:03}}}\n" for n in range(400)))
    start = f"import sys, archkit.workers\narchkit.workers.METHOD = '{method}'\nfrom archkit.cli import main\n"
    command = [sys.executable, "-c", start + "sys.exit(main())", "render", "a.yaml", "-f", "svg,png", "-j", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout and process.stderr
    with process.stdout, process.stderr:
        while len(list(Path("output").rglob("*.svg"))) < 3:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.02)
        # The terminal sends Ctrl-C to all processes of the group; a kill reaches one alone.
        os.killpg(process.pid, number) if number == signal.SIGINT else process.kill()
        assert process.wait(30) == code
        for _ in range(200):
            if not alive(process.pid):
                break
            time.sleep(0.05)
        assert alive(process.pid) == []
        said = process.stderr.read()
    assert "Traceback" not in said and (said == "" or number != signal.SIGINT)
    pictures = list(Path("output").rglob("*.*"))
    assert 3 <= len(pictures) < 800
    for path in pictures:
        if path.suffix == ".tmp":
            assert number == signal.SIGKILL
        else:
            data = path.read_bytes()
            assert data.endswith(b"</svg>\n") if path.suffix == ".svg" else data[-8:-4] == b"IEND"


def test_a_view_is_drawn_elsewhere_as_here() -> None:
    document = loads((ROOT / "blueprints" / "spam-filter.yaml").read_bytes(), "spam-filter.yaml")
    for name in document.figures():
        view = document.figure(name)
        assert pickle.loads(pickle.dumps(view)).svg == view.svg
