"""The kinds of figures and an example of each → their pages (``docs/figures/``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from archkit.document import loads
from archkit.figures import KINDS, FigureKind
from archkit.model.authored import spec_of
from archkit.model.design import FigureSpec
from archkit.reference_language import places, table

_INTRODUCTION: Final = """\
# Figures

A blueprint is drawn as every figure that it has the data for, or as those that it lists:

```yaml
figures: [system, funnel, latency]
```

In such a list `all` stands for every other figure that applies. A listed one takes the place of the one that its kind
draws by itself, unless it has another name and shows something else, such as a highlight. Where a kind draws one of
each thing, `{kind: model, of: ranker}` is the figure of one, and `ranker` alone is the same.

`archkit figures BLUEPRINT` lists what can be drawn and what the other kinds still need; `archkit render BLUEPRINT
--figure funnel` draws one. Numbers are taken from the blueprint or computed from it, never typed into a figure. Every
figure can be given a name, a title and a caption of its own:

```yaml
figures:
  - {kind: funnel, name: from_billions_to_twenty, title: Ten billion to twenty, caption: Widths on a log scale}
```

What matters can stand out, be explained by a letter and a line below the figure, be left out, or be seen from inside:

```yaml
figures:
  - {kind: system, highlight: [ranker, lake -> trainer], callouts: {ranker: "8 ms for 1,000 items"}, hide: [dashboard]}
  - {kind: system, name: sources, zoom: candidate_sources}
```

`archkit render BLUEPRINT --steps` also writes graphs step by step, as one draws them on a whiteboard: a picture for
each step, and an SVG (`system.steps.svg`) that plays them by itself.
"""


def index_page() -> str:
    """Return the text of ``docs/figures/README.md``: all kinds with what they show."""
    rows = [f"| [`{kind.name}`]({kind.name}.md) | {kind.title} | {kind.summary} |" for kind in KINDS.values()]
    pictures = [
        f"### [{kind.title}]({kind.name}.md)\n\n![{kind.summary}]({kind.name}.svg)\n" for kind in KINDS.values()
    ]
    table = "| kind | title | what it shows |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    return "\n".join((_INTRODUCTION, table, *pictures))


def figure_pages(examples: Mapping[str, str]) -> dict[str, str]:
    """Return the pages of all kinds by name.

    Args:
        examples: A blueprint for each kind that has little more than what the kind needs.
    """
    return {name: _page(kind, examples[name]) for name, kind in KINDS.items()}


def _page(kind: FigureKind, example: str) -> str:
    needs = "\n".join(f"- {need}" for need in _needs(kind))
    return f"""\
# {kind.title}

{kind.summary}

![{kind.summary}]({kind.name}.svg)

## What it needs

{needs}

{_data(kind)}## Example

The picture above is drawn from this blueprint by `archkit render FILE --figure {kind.name}`.

```yaml
{example.rstrip()}
```
"""


def _data(kind: FigureKind) -> str:
    """Return the table of what a kind's entry under ``figures:`` holds beside what all may hold."""
    spec = spec_of(kind.name)
    if spec is None:
        return ""
    tables = "\n".join(table(cls, path) for cls, path in places(spec) if cls is not spec)
    return f"## Its data\n\n{table(spec, 'figures', set(FigureSpec.fields) - {'of'})}\n{tables}\n"


def _needs(kind: FigureKind) -> list[str]:
    """Return what a blueprint that says nothing lacks for a kind."""
    blueprint = loads("blueprint: 1\ntitle: Nothing yet\n").blueprint
    assert blueprint is not None  # noqa: S101  it is a whole blueprint
    return kind.needs(blueprint)
