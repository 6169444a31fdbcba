"""The house: which part may import which, who prints, and that nothing changes behind the stages' backs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "archkit"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)

# Stages in the order of the pipeline. A module belongs to the first row that names it or a folder around it.
STAGES = (
    (
        "source",
        "diagnostics",
        "cache",
        "workers",
        "garbage",
        "suggest",
        "sentences",
        "titles",
        "characters",
        "contrast",
    ),
    ("drawing", "geometry", "outline", "outline_kinds"),
    ("yamltree", "arrows", "catalog", "products", "codes", "filenames", "files", "revisions"),
    ("magnitude", "units", "quantityhints", "quantity"),
    ("metrics",),
    ("reading", "shapes", "model", "blueprint", "homes", "references", "include", "parse", "schema", "technologies"),
    ("facts",),
    ("rules", "score", "capacity", "whatif", "diff"),
    ("picture", "blocks", "formulas", "planes", "pictures", "figures"),
    ("typefaces", "text", "theme", "themes", "raster", "icons", "lettering"),
    ("layout",),
    ("render", "proof"),
    (
        *("reported", "view", "made", "looks", "contents", "document", "report", "explain", "starters", "examples"),
        *("gallery", "formatter", "library", "practice", "cards", "book", "site", "live"),
    ),
    ("reference_types", "reference_language", "reference_rules", "reference_score"),
    ("reference_figures", "reference_themes", "reference_library"),
    ("cli", "__main__", "__init__"),
)
ONLY = {
    "yaml": ("archkit.yamltree.",),
    "graphviz": ("archkit.layout.dot", "archkit.render.dot"),
    "resvg": ("archkit.raster",),
    "uharfbuzz": ("archkit.text", "archkit.proof.fonts"),
    "typst": ("archkit.render.pdf", "archkit.book.pdf"),
    "genanki": ("archkit.cards.anki",),
    "typer": ("archkit.cli",),
    "rich": ("archkit.cli",),
    "diagrams": (),
}


def name_of(path: Path) -> str:
    parts = list(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def stage(module: str) -> int:
    part = module.split(".")[1] if "." in module else "__init__"
    return next(number for number, names in enumerate(STAGES) if part in names)


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Return what a module imports when it is run, and whether inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    found: list[tuple[str, bool]] = []

    def visit(node: ast.AST, inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.Import):
                found.extend((alias.name, inside) for alias in child.names)
            elif isinstance(child, ast.ImportFrom) and child.module:
                whole = child.module == "archkit"
                found.extend((f"archkit.{a.name}" if whole else child.module, inside) for a in child.names)
            visit(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))

    visit(tree, False)
    return tuple(found)


def test_every_module_has_its_stage() -> None:
    known = {name for names in STAGES for name in names}
    assert {name_of(path).split(".")[1] for path in MODULES if "." in name_of(path)} - known == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_stage_imports_a_later_one(path: Path) -> None:
    here = name_of(path)
    late = [
        module
        for module, _ in imports(path)
        if module.startswith("archkit.") and not _is_attribute(module) and stage(module) > stage(here)
    ]
    assert late == []


def _is_attribute(module: str) -> bool:
    """Return whether a name imported from the package itself is no module, such as ``__version__``."""
    part = module.split(".")[1]
    return not (PACKAGE / part).exists() and not (PACKAGE / f"{part}.py").exists()


@pytest.mark.parametrize("library", ONLY)
def test_each_library_has_one_door(library: str) -> None:
    users = {name_of(path) for path in MODULES if any(m.split(".")[0] == library for m, _ in imports(path))}
    assert {user for user in users if not user.startswith(ONLY[library] or ("-",))} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    if name_of(path).startswith(("archkit.cli", "archkit.__main__")):
        return
    tree = ast.parse(path.read_text("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert calls & {"print", "exit", "quit", "sys.exit", "sys.stdout.write", "sys.stderr.write"} == set()
    assert "sys.argv" not in ast.unparse(tree)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_rules_see_no_figure_and_writers_no_blueprint(path: Path) -> None:
    here, seen = name_of(path), {module for module, _ in imports(path)}
    if here.startswith(("archkit.rules", "archkit.facts")):
        assert not [m for m in seen if m.startswith(("archkit.figures", "archkit.layout", "archkit.picture"))]
    if here.startswith(("archkit.render", "archkit.layout")):
        assert not [m for m in seen if m.startswith(("archkit.blueprint", "archkit.model", "archkit.parse"))]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_state_changes_and_no_output_depends_on_clock_or_chance(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    names = {module.split(".")[0] for module, _ in imports(path)}
    assert names & {"random", "secrets", "uuid"} == set()
    if not name_of(path).startswith(("archkit.layout", "archkit.cli")):  # budgets and progress
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        clocks = ("monotonic", "perf_counter", "process_time", "thread_time")
        names = {"time_ns", "utcnow", *clocks, *(f"{clock}_ns" for clock in clocks)}
        whole = ("time.time", "datetime.now", "date.today")
        assert {call for call in calls if call.endswith(whole) or call.rpartition(".")[2] in names} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_written_as_bytes_and_read_as_utf_8(path: Path) -> None:
    """Windows would write other line ends, and read in an encoding of its own."""
    if name_of(path) == "archkit.cli.console":  # the streams of a terminal
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        words = {each.value for each in given if isinstance(each, ast.Constant)}
        match ast.unparse(node.func).rpartition(".")[2]:
            case "write_text":
                raise AssertionError(f"line {node.lineno} writes other line ends on Windows")
            case "read_text":
                assert words & {"utf-8", "ascii"}, f"line {node.lineno} names no encoding"
            case "open" | "fdopen":
                assert not words & {"r", "w", "a", "x", "rt", "wt", "r+", "w+"}, f"line {node.lineno} opens as text"
                assert given, f"line {node.lineno} opens as text"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_in_its_first_line_what_it_does(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring and docstring.splitlines()[0].strip()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_file_grows_into_a_heap(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_functions_say_what_they_raise(path: Path) -> None:
    silent = [
        function.name
        for function in _public(ast.parse(path.read_text("utf-8")))
        if _raises(function) and "Raises:" not in (ast.get_docstring(function) or "")
    ]
    # The docstring of a command is its help.
    assert [name for name in silent if name != "command" or not name_of(path).startswith("archkit.cli.")] == []


def _public(holder: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions and methods that others may call."""
    for node in holder.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def _raises(node: ast.AST) -> bool:
    """Return whether a function itself raises something new."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    children = [child for child in ast.iter_child_nodes(node) if not isinstance(child, inner)]
    return any((isinstance(child, ast.Raise) and child.exc is not None) or _raises(child) for child in children)
