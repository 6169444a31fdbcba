"""``archkit render``: files that appear, and those that stay as they were."""

import re
from pathlib import Path

import pytest
from shell import BAD, GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

from archkit.cli.progress import Progress

pytestmark = pytest.mark.usefixtures("in_folder")


def draw(capsys: Out, *words: str) -> tuple[int, str, str]:
    return run(capsys, "render", *words)


def files() -> set[str]:
    return {path.relative_to("output").as_posix() for path in Path("output").rglob("*") if path.is_file()}


def test_all_figures_that_apply_are_drawn(capsys: Out) -> None:
    code, out, err = draw(capsys, put("blueprints/spam.yaml"))
    assert code == 0
    assert "spam/system.svg" in files()
    assert {Path(line).relative_to("output").as_posix() for line in out.splitlines()} == files()
    assert re.fullmatch(rf"{len(files())} figures?, {len(files())} files? in \d+\.\d\d s\n", err)


def test_formats_output_theme_and_scale(capsys: Out) -> None:
    put("spam.yaml")
    code, out, _ = draw(capsys, "spam.yaml", "-f", "svg,png", "--figure", "system", "-o", "pictures", "--scale", "1")
    assert code == 0 and [Path(line).as_posix() for line in out.splitlines()] == [
        "pictures/spam/system.svg",
        "pictures/spam/system.png",
    ]
    svg = Path("pictures/spam/system.svg").read_bytes()
    png = Path("pictures/spam/system.png").read_bytes()
    assert svg.startswith(b"<svg") and png.startswith(b"\x89PNG")
    draw(capsys, "spam.yaml", "-f", "png", "-f", "svg", "--figure", "system", "-o", "pictures", "--theme", "dark")
    assert Path("pictures/spam/system.svg").read_bytes() != svg
    assert Path("pictures/spam/system.png").stat().st_size > len(png)


def test_the_same_bytes_each_time(capsys: Out) -> None:
    put("spam.yaml")
    draw(capsys, "spam.yaml", "-o", "one")
    draw(capsys, "spam.yaml", "-o", "two")
    assert Path("one/spam/system.svg").read_bytes() == Path("two/spam/system.svg").read_bytes()


def test_a_blueprint_with_errors_stops_itself_and_not_the_others(capsys: Out) -> None:
    put("output/bad/system.svg", "earlier")
    put("all/bad.yaml", BAD)
    put("all/good.yaml")
    code, out, err = draw(capsys, "all")
    assert code == 1
    assert "error[LNG001]" in err and "bad.yaml is not drawn because of its errors" in err
    assert "good/system.svg" in files() and "system.svg" in out and "bad" not in out
    assert Path("output/bad/system.svg").read_text(encoding="utf-8") == "earlier"


def test_warnings_are_told_and_the_figure_drawn(capsys: Out) -> None:
    code, _, err = draw(capsys, put("a.yaml", GOOD.replace("-> inbox", "-> inbox: 郵便")), "--figure", "system")
    assert code == 0 and "warning[FNT001]" in err and "a/system.svg" in files()


def test_errors_in_the_list_of_figures_do_not_stop_the_others(capsys: Out) -> None:
    code, _, err = draw(capsys, put("a.yaml", GOOD + "figures: [sytem, system]\n"))
    assert code == 1 and "error[FIG001]" in err and files() == {"a/system.svg"}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--figure", "sytem"], 2, "there is no figure `sytem`"),
        (["--figure", "sytem", "--figure", "system"], 2, "did you mean `system`?"),
        (["--figure", "qqqqq"], 2, "what can be drawn: `system`"),
    ],
)
def test_unknown_figures(capsys: Out, words: list[str], code: int, message: str) -> None:
    put("a.yaml")
    status, _, err = draw(capsys, "a.yaml", *words)
    assert status == code and message in err
    assert ("system" in words) == Path("output/a/system.svg").exists()


def test_a_figure_that_one_of_several_blueprints_lacks(capsys: Out) -> None:
    put("all/a.yaml")
    put("all/b.yaml", "blueprint: 1\ntitle: Nothing yet\n")
    code, _, err = draw(capsys, "all", "--figure", "system")
    assert code == 0 and files() == {"a/system.svg"}
    code, _, err = draw(capsys, "all/b.yaml", "--figure", "system")
    assert code == 2 and re.search(r"`system` cannot be drawn from all.b\.yaml: it needs \w+", err)


def test_names_of_figures_stay_in_the_folder(capsys: Out) -> None:
    figures = "figures:" + "".join(
        f"\n  - {{kind: system, name: {name}}}" for name in ("../../../escaped", "NUL", "nul")
    )
    code, _, _ = draw(capsys, put("deep/er/a.yaml", GOOD + figures), "-o", "deep/output")
    assert code == 0
    names = {path.relative_to("deep/output").as_posix() for path in Path("deep/output").rglob("*.svg")}
    assert names == {"a/escaped.svg", "a/NUL_.svg", "a/nul_-2.svg"}
    assert len(list(Path().rglob("*.svg"))) == 3


def test_a_layout_that_fails_is_exit_3(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    import archkit.view
    from archkit.layout import LayoutError, layout

    def fail(figure: object, *rest: object, **more: object) -> object:
        if getattr(figure, "name", "") == "system":
            raise LayoutError("the engine gave up on `\x1b[2J`")
        return layout(figure, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(archkit.view, "layout", fail)
    put("output/a/system.svg", "earlier")
    code, _, err = draw(capsys, put("a.yaml", GOOD + "figures: [system, {kind: system, name: b}]\n"))
    assert code == 3 and "figure `system` of a.yaml: the engine gave up on `\\u{1b}[2J`" in err
    assert Path("output/a/system.svg").read_text(encoding="utf-8") == "earlier"
    assert "0 files" in err or "1 file" in err


def test_what_layout_could_not_do_is_a_warning(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    import archkit.view
    from archkit.layout import layout

    monkeypatch.setattr(
        archkit.view, "layout", lambda *rest, **more: replace(layout(*rest, **more), notices=("no room for `x`",))
    )
    put("a.yaml")
    code, _, err = draw(capsys, "a.yaml", "--figure", "system")
    assert code == 0 and "warning[LAY001]: figure `system`: no room for `x`" in err
    assert draw(capsys, "a.yaml", "--figure", "system", "--error-on-warning")[0] == 1


def test_a_scale_that_makes_no_picture(capsys: Out) -> None:
    code, _, err = draw(capsys, put("a.yaml"), "-f", "svg,png", "--scale", "1000", "--figure", "system")
    assert code == 2 and "1000" in err and "limit" in err
    assert files() == {"a/system.svg"}


def test_an_output_folder_that_is_a_file(capsys: Out) -> None:
    put("output", "not a folder")
    code, _, err = draw(capsys, put("a.yaml"))
    assert code == 2 and "`output` is a file, not a folder" in err
    assert Path("output").read_text(encoding="utf-8") == "not a folder"


def test_a_target_that_is_a_folder(capsys: Out) -> None:
    Path("output/a/system.svg").mkdir(parents=True)
    code, _, err = draw(capsys, put("a.yaml"), "--figure", "system")
    assert code == 2 and "it is a folder" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--width", "500"], "--width changes nothing without `-f png`"),
        (["-f", "svg,pdf", "--scale", "2"], "--scale changes nothing without `-f png`"),
        (["-f", "png", "--adaptive"], "--adaptive changes nothing without `-f svg`"),
        (["--figure", "batch_vs_online", "--steps"], "--steps changes nothing here: only graphs, such as `system`,"),
        (["-f", "png", "--width", "500"], ""),
        (["-f", "png,svg", "--adaptive"], ""),
        (["--figure", "system", "--figure", "batch_vs_online", "--steps"], ""),
    ],
)
def test_options_that_change_nothing_say_so_in_one_line(capsys: Out, words: list[str], told: str) -> None:
    code, _, err = draw(capsys, put("a.yaml", GOOD + "serving: {mode: online}\n"), *words)
    assert code == 0 and err.count("changes nothing") == bool(told) and told in err


class _Terminal:
    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(("patience", "shown"), [(0.0, True), (60.0, False)])
def test_progress_is_shown_when_it_takes_long(monkeypatch: pytest.MonkeyPatch, patience: float, shown: bool) -> None:
    from time import sleep

    terminal = _Terminal()
    monkeypatch.setattr("archkit.cli.progress._PATIENCE", patience)
    monkeypatch.setattr("sys.stderr", terminal)
    with Progress() as progress:
        progress.step("drawing a/system")
        for _ in range(200):
            if terminal.text or not shown:
                break
            sleep(0.01)
        progress.pause()
    assert ("\rdrawing a/system … 0 s" in terminal.text) is shown
    assert terminal.text == "" or terminal.text.endswith("\r\x1b[K")


def test_no_progress_where_there_is_no_terminal(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archkit.cli.progress._PATIENCE", 0.0)
    _, _, err = draw(capsys, put("a.yaml"), "--figure", "system")
    assert "\r" not in err and "\x1b" not in err


CHAPTER = GOOD + "framing: {task: binary classification, input: [message], output: a probability}\n"


def test_a_chapter_in_formats_of_graphs_tells_which_figures_are_none(capsys: Out) -> None:
    code, out, err = draw(capsys, put("spam.yaml", CHAPTER), "-f", "mmd,dot,svg")
    assert code == 0
    graphs = {path.removesuffix(".mmd") for path in files() if path.endswith(".mmd")}
    pictures = {path.removesuffix(".svg") for path in files() if path.endswith(".svg")}
    assert graphs == {"spam/system"} and pictures > graphs
    assert len(files()) == len(out.splitlines()) == len(pictures) + 2
    rest = len(pictures) - 1
    some = f"{rest} figures are no graphs" if rest > 1 else "is no graph"
    assert f"{some} of components: not written as mmd, dot\n" in err
    assert f"{len(pictures)} figures, {len(files())} files in" in err
    code, out, err = draw(capsys, "spam.yaml", "-f", "mmd", "-o", "texts")
    assert code == 0 and [Path(line).as_posix() for line in out.splitlines()] == ["texts/spam/system.mmd"]
    assert "\n1 figure, 1 file in" in err


def test_a_figure_that_is_no_graph_is_written_as_what_it_can_be(capsys: Out) -> None:
    put("spam.yaml", CHAPTER)
    code, _, err = draw(capsys, "spam.yaml", "--figure", "framing", "-f", "mmd,svg,excalidraw")
    assert code == 2 and files() == {"spam/framing.svg", "spam/framing.excalidraw"}
    assert "cannot be written as `mmd`; it can as svg, png, pdf, drawio, excalidraw" in err


def test_formats_are_meant_and_named(capsys: Out) -> None:
    put("spam.yaml")
    code, _, err = draw(capsys, "spam.yaml", "-f", "draw.io")
    assert code == 2 and "did you mean `drawio`?" in err
    code, _, err = draw(capsys, "spam.yaml", "--figure", "system", "-f", "d2", "--page", "a4")
    assert code == 0 and "--page changes nothing without `-f svg`, `-f png` or `-f pdf`" in err
