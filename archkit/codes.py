"""Codes of what can be wrong with the language of a blueprint → title and documentation page."""

from __future__ import annotations

_PAGES = """
## LNG001 Unknown key
A mapping has a key that the language does not know there. Nothing that is written is ever dropped in silence, so this
is an error: most often the key is mistyped, or it belongs one level higher or lower.
```yaml
requirements:
  latncy: {p99: 200 ms}
```
The hint names the nearest key, or the place where the key belongs:
```yaml
requirements:
  latency: {p99: 200 ms}
```
Between `{ }`, a comma ends a text, and what follows it is read as a key. Texts with commas stand in quotes there:
`{title: "1,000 h of tape"}`.

Keys that begin with `x-` are yours at the top of a blueprint: they may hold anything, such as anchors for aliases.

## LNG002 A value of the wrong form
A list stands where a mapping belongs, a text where a list belongs, and so on. The hint shows how the value is written.
```yaml
architecture:
  flows: {gateway: ranker}
```
Flows are a list of arrows:
```yaml
architecture:
  flows:
    - gateway -> ranker
```

## LNG003 A key is missing
Little is required: `blueprint` and `title` of a blueprint, and `kind` of a figure that is written as a mapping. What a
good design should hold beyond that is judged by the rules, never demanded before something is drawn.

## LNG004 Not one of the known words
The value must be one of a few words, because figures and rules act on it. The hint names the nearest word, or all.
```yaml
serving: {mode: on-line}
```
```yaml
serving: {mode: online}
```

## LNG005 Not a number that can be used here
The text cannot be read as a number, or it measures something else: a time where bytes belong, a number without its
unit. Numbers are written with their unit, because rules compute with them: `10B`, `200 ms`, `5.12 TB`, `99.9%`,
`50B / day`, `$0.40`.
```yaml
requirements: {latency: {p99: 200}}
```
```yaml
requirements: {latency: {p99: 200 ms}}
```

## LNG006 Not an id
Ids are made of letters, digits and `_`; single `-` and `.` may stand between them. They are what arrows and other
references name, so they have no spaces. Words for readers go into `title`.
```yaml
architecture:
  lanes:
    inference: {two tower: candidate_generator}
```
```yaml
architecture:
  lanes:
    inference: {two_tower: {type: candidate_generator, title: Two towers}}
```

## LNG007 Not an arrow
Flows are written as ids with arrows between them: `->` for a request or a data dependency, `~>` for what happens later,
`..>` for feedback, control and monitoring. Chains may mix them. Several ends are joined by `&`, or stand in brackets
where the entry does not begin with one.
```yaml
flows:
  - gateway => ranker
  - {from: ranker, to: rerank}
```
```yaml
flows:
  - gateway -> ranker
  - ranker -> rerank: 200 videos
  - rerank -> viewer & impressions: {label: page, kind: sync}
```

## LNG008 Not a component type
A component's type decides its outline, its glyph and what rules expect of it. `archkit types` prints all of them. Names
of products belong into `tech`.
```yaml
lanes: {data: {events: kafka}}
```
```yaml
lanes: {data: {events: {type: event_stream, tech: kafka}}}
```
`component` is the type for anything that has none of its own.

## LNG009 Another version of the language
`blueprint: 1` names the version of the language. A blueprint of a later version needs a later archkit.

## LNG010 A key has no value
The key is there, but nothing after the colon (or `null`, or an empty text). Write the value, or leave the key out.
Lists, mappings and sections may be empty.

## LNG011 Not a waiver
A waiver names the code of one finding and the reason why it is accepted at this place.
```yaml
serving:
  waive: [SRV03]
```
```yaml
serving:
  waive: {SRV03: the batch table is its own fallback}
```

## LNG012 An id is taken
Components (also those inside others) and groups share one space of ids, so that an arrow or a group names one thing
only. The note points at the first of the two.

## LNG013 A number out of range
The number has the right unit, but cannot be: a share above 100%, a negative time, half a replica.

## LNG014 Neither true nor false
Yes-or-no values are written `true` and `false`. The older words of YAML (`yes`, `no`, `on`, `off`) are texts in today's
YAML, so they are not guessed at.

## LNG015 Components without a lane
A group declares components in place, but there are several lanes, and it does not say in which of them they stand.
```yaml
groups:
  edge_zone: {lane: inference, components: {gateway: api_gateway}}
```

## LNG016 Groups overlap
A component or group stands in two groups that are not inside each other, or a group would stand inside itself. Groups
are drawn as boxes around boxes. What a component has in common with others beyond that is said by `zone` or `tier`.

## LNG017 No blueprint
The text is empty, or a list, or a single value, or the file of a theme, which `--theme` takes, or a part that other
files include: those are checked with the blueprint that includes them. A blueprint begins like this:
```yaml
blueprint: 1
title: Spam filter
```

## LNG018 Values that contradict each other
Two values cannot both hold: a p50 above the p99, an option chosen and rejected, parts of a split that are more than
the whole, two labels for three arrows.

## LNG019 A comma within a number
Between `[ ]`, a comma ends an entry, also the one between thousands. This list has two entries, `channels under 1` and
`000 subscribers`:
```yaml
requirements: {out_of_scope: [channels under 1,000 subscribers]}
```
```yaml
requirements: {out_of_scope: ["channels under 1,000 subscribers"]}
```
A space after the comma says that two entries are meant. Where a list holds nothing but digits, it is left alone.

## REF001 No such component
An arrow or another reference names a component that no lane declares. While no component is declared at all, ids in
flows need no declaration; as soon as lanes declare some, an unknown id is a mistake.

## REF002 No such name
Something refers to a model, feature, label, source, metric or group that is not declared. Where nothing of that kind is
declared yet, references to it are not checked.

## REF003 Chosen, but no option
A decision's `chosen` must be the id of one of its `options`.

## REF004 An assumption about nothing
`assumptions` maps the path of a value to the reason why it is assumed. Nothing is written at this path.
```yaml
assumptions: {requirements.scale.peak_factor: evenings are three times the average}
```

## INC001 Nothing to include from
`include` looks for files below the folder of the blueprint. One that is read from standard input, or made in a program
from a text alone, has no folder.

## INC002 An include outside the folder
Files are included only from below the folder of the file that includes them, by relative paths with `/` between names.
Absolute paths, `..` and links that lead out of the folder are refused, so that a blueprint from elsewhere cannot read
files that are none of its business.

## INC003 An included file cannot be read
It does not exist, is a folder, or may not be read. Paths count from the folder of the file that includes them, not from
where archkit was started.

## INC004 A file includes itself
Directly, or by way of others. The message shows the way. Take what both need into a third file, and include that from
both.

## INC005 Too much is included
A blueprint is read from at most 100 files of at most 5 MB in all.

## INC006 An included file holds no part of a blueprint
A fragment is a mapping like a blueprint, with some of its keys.

## INC007 Written in two files
Mappings of fragments are joined and lists put together, but a single value can be written only once. The note points at
the first place.

## FIG010 Data that do not go together
A figure with data of its own cannot be drawn from them: a metric of ranked lists is given predictions, a list names an
item that has no grade, two rows that belong together differ in length.
```yaml
figures:
  - {kind: metric, metric: ndcg@5, predictions: {A: [[0.9, 1]]}}
```
```yaml
figures:
  - {kind: metric, metric: ndcg@5, lists: {A: [3, 2, 0, 1, 0]}}
```

## FIG011 A number that cannot be computed
Numbers in figures are computed, never typed, and for these data there is none: recall where nothing is relevant, the
log loss of a model that was certain of what did not happen, a mean of nothing. The message says what divides by zero.
"""


def _pages() -> dict[str, tuple[str, str]]:
    pages = {}
    for page in _PAGES.strip().removeprefix("## ").split("\n## "):
        head, _, body = page.partition("\n")
        code, _, title = head.partition(" ")
        pages[code] = (title, body.strip())
    return pages


CODES: dict[str, tuple[str, str]] = _pages()
"""Code → short title, and documentation in Markdown: what it means, an example, the repair."""
