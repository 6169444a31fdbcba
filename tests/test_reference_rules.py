"""The reference pages of the rules are current, complete and readable."""

from __future__ import annotations

from pathlib import Path

from archkit import rules
from archkit.reference_rules import rules_pages

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
WRITE = "run `python tests/test_reference_rules.py` to write them"


def test_pages_are_current() -> None:
    pages = rules_pages()
    stale = [name for name, text in pages.items() if not _is(FOLDER / name, text)]
    assert stale == [], WRITE
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(pages), WRITE


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def test_the_index_names_each_rule_once() -> None:
    index = rules_pages()["README.md"]
    for code in rules.modules():
        assert index.count(f"| [{code}]({code}.md) | ") == 1
    assert "## 7. Monitoring" in index and "WVR01" in index


def test_a_page_has_title_facts_examples_and_source() -> None:
    page = rules_pages()["STR08.md"]
    assert page.startswith(
        "# STR08: Components wait for one another in a circle\n\n*Error · step: serving · profiles: sk"
    )
    assert page.index("Reported:\n\n```yaml\n") < page.index("Fine:\n\n```yaml\n") < page.index("Source: ")
    assert page.count("```") % 2 == 0 and page.endswith("\n")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, text in rules_pages().items():
        (FOLDER / name).write_text(text, "utf-8")
