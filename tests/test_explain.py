"""Every code has a page, from wherever it is defined."""

import re
from pathlib import Path

from archkit import explain, rules


def test_every_code_that_the_sources_use_has_a_page() -> None:
    package = Path(explain.__file__).parent
    used = set()
    for path in package.rglob("*.py"):
        used |= set(re.findall(r'"([A-Z]{3}\d{3})"', path.read_text(encoding="utf-8")))
    assert len(used) > 40
    assert used - set(explain.pages()) == set()


def test_pages_have_a_title_and_a_text() -> None:
    for code, page in explain.pages().items():
        assert re.fullmatch(r"[A-Z]{3,4}\d{2,3}", code) and page.code == code
        assert page.title and "\n" not in page.title and not page.title.endswith(".")
        assert len(page.text) > 40, code
    assert list(explain.pages()) == sorted(explain.pages())


def test_codes_are_found_in_small_letters_and_guessed_when_mistyped() -> None:
    assert explain.page("yml007") == explain.page(" YML007 ") == explain.pages()["YML007"]
    assert explain.page("YML07") is None
    assert explain.meant("YML07") == "YML007"
    assert explain.meant("nonsense") == ""


def test_docstrings_of_rules_become_pages() -> None:
    page = explain.pages()["STR06"]
    assert page.title == "A component that nothing feeds, or that no arrow touches"
    assert page.text.startswith("A component must be fed or called") and "Source: " in page.text.splitlines()[-1]
    assert set(rules.modules()) < set(explain.pages())
