"""The model of the language → its reference page (``docs/language.md``)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from archkit.blueprint import Blueprint
from archkit.homes import leads_to
from archkit.model.places import Lane
from archkit.shapes.base import Field, Shape
from archkit.shapes.containers import Keyed, Later, ListOf, MapOf, Rec
from archkit.shapes.record import KEYS, Record
from archkit.shapes.scalars import Flag, Number, Ref, Word

_INTRODUCTION: Final = """\
# The blueprint language

A blueprint is one YAML file that describes one machine-learning system. This page is generated from the model that the
parser and the JSON Schema (`archkit schema`) are made of.

## A first blueprint

```yaml
blueprint: 1
title: Spam filter
architecture:
  flows:
    - mail_gateway -> classifier -> inbox
    - classifier ..> review_queue: low confidence
```

Only `blueprint` and `title` are required. While no component is declared at all, the ids in `flows` are the components,
and their types are guessed from their ids. As soon as `lanes` declares one, an unknown id is an error.

```yaml
architecture:
  lanes:
    inference:
      viewer: user                                   # one word: the type of the component
      ranker: {in: 1000, out: 200, latency: 40 ms}   # more about it; without `type` it is guessed from the id
      candidates:
        in: 10B
        components: {fresh: candidate_generator, popular: candidate_generator}    # parts inside it
    monitoring: {title: Watching, components: {alarms: alerting}}                 # the long form of a lane
    data: [events, lake]                                                          # ids alone
  groups:
    region_a: [ranker, candidates]
  flows:
    - viewer -> candidates -> ranker -> viewer
```

Ids of components and groups are unique in the whole architecture. They are made of letters, digits and `_`; single `-`
and `.` may stand between them. A title that is not written is made from the id: `ann_index` is "ANN index".

## Arrows

| arrow | means by itself | kind |
|---|---|---|
| `a -> b` | a request, or data that `b` needs | `sync` |
| `a ~> b` | something later: a message, a stream, a batch | `async` |
| `a ..> b` | feedback, control, monitoring | `feedback` |

```yaml
flows:
  - a -> b ~> c ..> d                      # chains may mix arrows
  - a & b -> c -> d & e                    # several ends: every one of them with every other
  - a -> [b, c] -> d                       # the same in brackets, where the entry does not begin with one
  - a -> b: what flows                     # a label; on a chain it belongs to the last arrow
  - a -> b -> c: [query, results]          # one label for each arrow
  - a -> b: {label: new weights, kind: deploy, latency: 2 ms, step: 1}
```

What stands in the mapping holds for every arrow of the chain, but for `label` (the last arrow, or `labels` for all)
and `step` (counts on from arrow to arrow).

## Values

* **Numbers** carry their unit and are kept exactly: `10B`, `500M`, `200 ms`, `5.12 TB`, `99.9%`, `15 min`, `50B / day`,
  `$2.50 / h`, `$0.50 / 1M tokens`, `1e9`. A `B` alone is a billion (`items: 10B`), and a byte in a key that holds data
  (`bytes: 2 B`, `memory: 512 B`).
* **Texts** may be anything: `no`, `12:30` and `010` are texts where a text belongs. Quote what has `: ` or ` #` in it.
* **Yes or no** is `true` or `false`.
* **A list** of texts may be one text alone: `tags: book`.
* **A mapping of things by id** whose things need nothing more may be a list of ids: `online: [clicks, sales]`.
* **Short forms**: many mappings may be one value, which then stands for one of their keys: `latency: 200 ms` is
  `latency: {p99: 200 ms}`. The tables below say which.
* **References** to models, features, sources and so on must name something that is declared, once anything of that kind
  is. A feature is named alone (`watch_history`) or with its group (`user.watch_history`).

## Waivers

`waive` maps the code of a finding to the reason why it is accepted, in the thing that it is about. At the top of a
blueprint it holds everywhere. A reason may say `until` and a day, after which `archkit validate --as-of` reports it.

```yaml
serving:
  mode: batch
  waive: {SRV03: the batch table is its own fallback}
```

## Assumptions and references

```yaml
assumptions: {requirements.scale.peak_factor: evenings have three times the average}
references:
  youtube: {title: Deep neural networks for YouTube recommendations, year: 2016}
```

## Several files

`include: [common/monitoring.yaml]` merges files of the same language: mappings are joined, lists put together, and what
is written twice is an error. What several files include is merged once. Files come only from below the folder of the
file that includes them.

Keys at the top that begin with `x-` hold whatever you like, such as anchors for aliases.

## Formatting

`archkit fmt` writes blueprints in one style and keeps their comments. A comment belongs to what stands below it, or
on its line; one that is indented belongs to the block around it. Before a file is written, its new text is read and
compared: values, findings and comments are the same, or the file is left as it is.

* Two spaces a level; lists stand below their key, two spaces in. One empty line around sections, at most one
  elsewhere.
* Sections come in the order of the steps, unless a comment between them stands apart from the section below it, or
  there are aliases. All else keeps its order, since books and sites show it in that order.
* What is in brackets on one line stays there up to 120 columns: `{a: 1, b: [2, 3]}`. What does not fit, or was spread
  over lines, becomes a block; long lists of single words or numbers become rows. Blocks are never joined.
* Arrows have a space on both sides. Quotes that nothing needs are left out; the others are double ones, unless the
  text has some itself. Quantities and texts of several lines stay as written.
* Comments behind values stand two spaces off, or below each other where they did before.
"""

_PYTHON: Final = """\
## Names in Python

`archkit.load(path).blueprint` has all of this as attributes with the names of the keys, but for these (`when` is
`condition` on arrows, and `when` on alerts):

"""


def language_page() -> str:
    """Return the text of ``docs/language.md``: how to write a blueprint, and all keys of all mappings."""
    tables = "\n".join(table(cls, path) for cls, path in places(Blueprint))
    names = "| key | attribute |\n|---|---|\n" + "\n".join(f"| `{key}` | `{name}` |" for name, key in KEYS.items())
    return f"{_INTRODUCTION}\n## All keys\n\n{tables}\n{_PYTHON}{names}\n"


def places(root: type[Record]) -> list[tuple[type[Record], str]]:
    """Return all record classes below one with the path where each stands first, outer ones first."""
    found: dict[type[Record], str] = {root: ""}
    queue = [root]
    for cls in queue:
        for key, field in cls.fields.items():
            inner, steps = leads_to(field.shape)
            if inner is not None and inner not in found:
                path = ".".join(part for part in (found[cls], key, *steps) if part)
                found[inner] = path.replace("flows.ID", "flows.ARROW").replace("rollout.ID", "rollout.STAGE")
                queue.append(inner)
    return list(found.items())


def table(cls: type[Record], path: str, without: Collection[str] = ()) -> str:
    """Return the table of a record's keys.

    Args:
        cls: The record.
        path: Where it stands first; empty for the whole blueprint.
        without: Keys to leave out.
    """
    title = f"`{path}`" if path else "The whole blueprint"
    lines = [f"### {title}", "", cls.about()]
    if cls.short:
        lines += ["", f"Short form: one value alone is `{cls.short}`."]
    if cls is Lane:
        lines += ["", "A mapping without `components` is the short form: it maps ids to components directly."]
    lines += ["", "| key | holds | meaning | example |", "|---|---|---|---|"]
    shown = [field for key, field in cls.fields.items() if key not in {"waive", *without}]
    lines += [_row(field) for field in dict.fromkeys(shown)]
    return "\n".join(lines) + "\n"


def _row(field: Field) -> str:
    required = " **Required.**" if field.required else ""
    words = _words(field.shape)
    known = f" One of {', '.join(f'`{word}`' for word in words)}." if words else ""
    example = f"`{field.example}`" if field.example else ""
    cells = (f"`{field.key}`", _holds(field.shape), f"{field.doc}{known}{required}", example)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _words(shape: Shape[Any]) -> tuple[str, ...]:
    """Return the known words that a shape chooses from."""
    if isinstance(shape, Word):
        return shape.known
    return _words(shape.item) if isinstance(shape, ListOf) else ()


def _holds(shape: Shape[Any]) -> str:
    """Say in a few words what a shape holds."""
    if isinstance(shape, Later):
        return _holds(shape.make())
    if isinstance(shape, ListOf):
        return f"list: {_holds(shape.item)}"
    if isinstance(shape, MapOf):
        of = "reason" if shape.item.words == "the reason" else _holds(shape.item)
        return f"by {'name' if shape.names or shape.keys else 'id'}: {of}"
    if isinstance(shape, (Rec, Keyed)):
        return "mapping"
    if isinstance(shape, Ref):
        return f"name of {' or '.join(shape.kinds)}"
    for kind, words in ((Word, "word"), (Flag, "yes or no"), (Number, shape.words.removeprefix("a "))):
        if isinstance(shape, kind):
            return words
    return shape.words.removeprefix("an ").removeprefix("a ")
