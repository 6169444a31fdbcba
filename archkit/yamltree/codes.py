"""Codes of what can be wrong with a file before its meaning is looked at → title and documentation page."""

from __future__ import annotations

_PAGES = r"""
## YML001 The bytes are not text
The file is not encoded as it should be. Blueprints are UTF-8 texts; UTF-16 is read as well.
The position is that of the first byte that cannot be decoded. Often the file was saved by an old editor as
"Windows-1252" or "Latin-1": open it there, and save it again as UTF-8.

## YML002 A character that cannot be seen
YAML allows no control characters except tab and line end, and its readers take some invisible characters (U+0085,
U+2028, U+2029) for line ends although no editor shows them so. They come from copying out of word processors and web
pages. Delete the character; in a text in double quotes, an escape such as `"\x07"` or `"\u2028"` writes it visibly.

## YML003 The file is too large
A blueprint file may have 5 MB, some hundred times what a large system needs. Split it and join the parts with
`include:`, and keep data that is no description, such as logs or tables of measurements, out of it.

## YML004 Nested too deeply
Mappings and lists may stand inside each other 64 deep. Nothing in the language needs more than about ten, so a deeper
nesting is a slip (an unclosed bracket that was typed many times) or a file made to break its readers.

## YML005 Too many values
A file may hold 200,000 keys, values, mappings and lists. What an alias (`*name`) stands for counts each time, because
a few lines of aliases of aliases can stand for billions of values.

## YML006 Too many aliases
A file may use aliases (`*name`) 1,000 times. Write what they stand for, or split the file and join the parts with
`include:`.

## YML007 A key is written twice
A mapping holds each key once. YAML readers differ in which of two they keep, so neither is silently dropped: the
first is used to look for further problems, and the second is reported.
```yaml
title: Spam filter
title: Mail filter
```
Remove one of the two, or rename it:
```yaml
title: Spam filter
summary: Mail filter
```

## YML008 More than one document
A line `---` starts a further YAML document in the same file. A blueprint file is one document; what follows the line
is not read.
```yaml
title: Spam filter
---
title: Video recommendation
```
Put the second document into a file of its own, or remove the line:
```yaml
title: Spam filter
```

## YML009 A tag that means nothing here
`!` at the start of a value begins a tag, which tells a YAML reader what type the value has. Blueprints need none, and
only those of YAML itself (`!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map`, `!!seq`) are understood, where
the value is of that type. Tags that build objects of a program are never followed.
```yaml
title: !important Spam filter
```
Put the text in quotes if the exclamation mark belongs to it:
```yaml
title: "!important Spam filter"
```

## YML010 A key is not a plain text
A key is one text on one line. YAML allows lists, mappings and nothing at all in its place; a blueprint does not.
```yaml
{a: 1}: b
```
Braces around a placeholder are the usual cause; quote them:
```yaml
"{a: 1}": b
```

## YML011 A tab indents a line
YAML measures indentation in spaces, because the width of a tab depends on the editor.
```yaml
requirements:
<TAB>goal: Less spam
```
Use two spaces for each level, and let the editor insert them:
```yaml
requirements:
  goal: Less spam
```

## YML012 An alias without its anchor
`*name` at the start of a value stands for the value that was marked by `&name` earlier in the file. No such mark
stands above.
```yaml
pattern: *logs
```
Put the text in quotes if the star belongs to it:
```yaml
pattern: "*logs"
```

## YML013 An alias inside what it stands for
`*name` is used inside the very value that `&name` marks, so that the value would contain itself without end.
```yaml
lanes: &lanes
  data: [*lanes]
```
Move the alias out of the value, or write out what is meant:
```yaml
lanes:
  data: []
```

## YML014 A merge that merges nothing
The key `<<` copies the entries of another mapping into this one; keys that are written out win. Its value is an alias
of a mapping, or a list of such aliases.
```yaml
base: &base 5 ms
fast: {<<: *base}
```
Mark a mapping, not a single value:
```yaml
base: &base {p99: 5 ms}
fast: {<<: *base}
```

## YML015 A quote is not closed
A value that starts with a quote ends at the next quote of the same kind, on whatever line that is. Where it is
missing, everything up to the next quote becomes part of the text, and the reader stumbles far below.
```yaml
title: "Spam filter
summary: Keeps mail clean
```
Close it on its line:
```yaml
title: "Spam filter"
summary: Keeps mail clean
```

## YML016 A bracket is not closed
A `[` needs its `]` and a `{` its `}`, and what is opened last is closed first.
```yaml
tags: [book, ranking
title: Spam filter
```

```yaml
tags: [book, ranking]
title: Spam filter
```

## YML017 A second colon on a line
A colon followed by a space separates a key from its value. In an unquoted value it would start another mapping on the
same line, which YAML forbids.
```yaml
goal: Ranking: more watch time
```
Put the value in quotes:
```yaml
goal: "Ranking: more watch time"
```

## YML018 Indentation that fits nothing
Entries of one mapping, and items of one list, start in the same column. This line starts in a column where nothing
above it does.
```yaml
requirements:
    goal: Less spam
  latency: 200 ms
```
Begin it below the first letter of its neighbours:
```yaml
requirements:
    goal: Less spam
    latency: 200 ms
```

## YML019 A value cannot begin like this
Some characters have a meaning of their own at the start of a value: `@` and the backtick are reserved, `%` starts a
directive, `*` and `&` an alias and an anchor, a comma belongs between the items of a list.
```yaml
owner: @ranking
```
Put the value in quotes:
```yaml
owner: "@ranking"
```

## YML020 A key without its colon
Among `key: value` lines stands one without a colon, or without the space that must follow it (and the dash of a list
item).
```yaml
title: Spam filter
summary:Keeps mail clean
```

```yaml
title: Spam filter
summary: Keeps mail clean
```

## YML021 Text after the end of a value
A value that starts with a quote ends with the closing quote, and one that starts with a bracket ends with the closing
bracket. Nothing but a comment may follow.
```yaml
title: "Spam" filter
```
Quote all of it, with the other kind of quote outside:
```yaml
title: '"Spam" filter'
```

## YML022 A backslash that escapes nothing
In a text in double quotes, a backslash starts an escape sequence, such as `\n` for a line end. This one is unknown.
```yaml
path: "C:\data"
```
Single quotes keep backslashes as they are:
```yaml
path: 'C:\data'
```

## YML023 A comma too few or too many
Inside brackets, a comma stands between two items; one may follow the last.
```yaml
latency: {p50: 20 ms p99: 200 ms}
```

```yaml
latency: {p50: 20 ms, p99: 200 ms}
```

## YML024 Text on the line of `|` or `>`
`|` and `>` at the start of a value announce a text on the following, indented lines; only a comment may stand behind
them.
```yaml
target: > 5 ms
```
Put the value in quotes if the sign belongs to it:
```yaml
target: "> 5 ms"
```

## YML025 A list item in the wrong place
A list item with a dash starts on a line of its own; brackets hold lists on one line, without dashes.
```yaml
tags: - book
```

```yaml
tags: [book]
```

## YML026 An unknown directive
A line that begins with `%` instructs the YAML reader. Blueprints need none.
```yaml
%TITLE Spam filter
```

```yaml
title: Spam filter
```

## YML027 The file is empty
The file holds nothing, or only comments. The smallest blueprint has a title and a flow:
```yaml
blueprint: 1
title: Spam filter
architecture:
  flows:
    - mail_gateway -> classifier
```

## YML028 An anchor that nothing uses
`&name` at the start of a value marks it for aliases (`*name`), and is no part of the value. Nothing refers to this
mark, so the word may have been meant as text, which is lost.
```yaml
title: &Sons filter
```
Put the text in quotes, or remove the mark:
```yaml
title: "&Sons filter"
```

## YML029 A comment cuts a value off
A `#` after a space starts a comment: what follows is not part of the value. Here it looks as if it were meant to be.
```yaml
summary: see chapter #6
```
Put the value in quotes, or, if it is a comment, write a space after the `#`:
```yaml
summary: "see chapter #6"
```

## YML030 Not YAML
The reader stumbled in a way that no other code describes. Look on the line and just above for a missing quote,
bracket, colon or space. Texts with signs such as `: # [ ] { } , & * ! | > ' " % @` are safe inside quotes.

"""


def _pages() -> dict[str, tuple[str, str]]:
    pages = {}
    # A tab in the source of this module would be invisible to its readers, too.
    for page in _PAGES.replace("<TAB>", "\t").strip().removeprefix("## ").split("\n## "):
        head, _, body = page.partition("\n")
        code, _, title = head.partition(" ")
        pages[code] = (title, body.strip())
    return pages


CODES: dict[str, tuple[str, str]] = _pages()
"""Code → short title, and documentation in Markdown: what it means, an example, the repair."""
