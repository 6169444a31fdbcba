"""The rules' docstrings → the reference pages of the rules (``docs/rules/``)."""

from __future__ import annotations

from typing import Final

from archkit import explain, rules

_INTRODUCTION: Final = """\
# Rules

`archkit validate` judges a design by these rules. Each says when it applies and is silent otherwise; what it reports
points at the value in question, and prints its working where it computes.

*Severity*: an error is a contradiction or a gap that the design cannot stand with, a warning a weakness that a reviewer
would ask about, advice something to think over. *Profiles*: a rule counts under those that are named, and
`archkit validate --profile NAME` chooses one. Without it, a picture alone is judged as a sketch, and whatever describes
one of the seven steps as an answer in an interview.

What is meant to be as it is can be waived where it stands, with the reason: `waive: {SRV03: the batch table is its own
fallback}`. A waiver that silences nothing is reported itself.
"""

_STEPS: Final = {
    "requirements": "1. Requirements",
    "framing": "2. Framing",
    "data": "3. Data",
    "model": "4. Model",
    "evaluation": "5. Evaluation",
    "serving": "6. Serving",
    "monitoring": "7. Monitoring",
}

_HEAD: Final = "| code | severity | what it reports | profiles |\n|---|---|---|---|"


def _row(code: str) -> str:
    module = rules.rule(code)
    title = explain.pages()[code].title
    return f"| [{code}]({code}.md) | {module.SEVERITY.name.lower()} | {title} | {', '.join(module.PROFILES)} |"


def _index() -> str:
    sections = [_INTRODUCTION]
    for step, title in _STEPS.items():
        rows = [_row(code) for code in rules.modules() if step == rules.rule(code).STEP]
        sections.append(f"## {title}\n\n{_HEAD}\n" + "\n".join(rows) + "\n")
    waivers = [page for code, page in explain.pages().items() if code in rules.CODES]
    sections += [f"## {page.code}: {page.title}\n\n{page.text}\n" for page in waivers]
    return "\n".join(sections)


def _page(code: str) -> str:
    page, module = explain.pages()[code], rules.rule(code)
    counts = ", ".join(module.PROFILES)
    facts = f"*{module.SEVERITY.name.capitalize()} · step: {module.STEP} · profiles: {counts} · [all rules](README.md)*"
    return f"# {code}: {page.title}\n\n{facts}\n\n{page.text}\n"


def rules_pages() -> dict[str, str]:
    """Return the pages of ``docs/rules/`` by file name: the index and one for each rule."""
    return {"README.md": _index(), **{f"{code}.md": _page(code) for code in rules.modules()}}
