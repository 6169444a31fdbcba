"""Codes of what can be wrong with a theme file → title and documentation page."""

from __future__ import annotations

CODES: dict[str, tuple[str, str]] = {
    "THM001": (
        "Not a colour",
        """\
Colours of a theme are written in hexadecimal, red, green and blue, as on the web. Names of colours are not known.
```yaml
theme: 1
colours: {accent: navy}
```
Put the colour in quotes, because `#` begins a comment in YAML:
```yaml
theme: 1
colours: {accent: '#1b5fa8'}
```""",
    ),
    "THM002": (
        "Text or lines that are hard to see",
        """\
A colour of the theme is too much like one that it is seen on. Texts want a contrast of 4.5 : 1, lines that mean
something 3 : 1; below that, people with weak sight cannot read them, nor can anyone on a projector in a lit room. These
are the bounds of the Web Content Accessibility Guidelines 2.2 (1.4.3 and 1.4.11, level AA). The figures are drawn all
the same.
```yaml
theme: 1
colours: {ink: '#999999'}
```
The message names the ground on which the colour is hardest to see. Make one of both darker or the other lighter:
```yaml
theme: 1
colours: {ink: '#333333'}
```""",
    ),
    "THM003": (
        "Arrows that differ in colour alone",
        """\
Two meanings of arrows have the same line and the same head, so that who cannot tell their colours apart, or prints in
grey, reads one for the other.
```yaml
theme: 1
edges: {fallback: {dash: []}}
```
Give one of them another `dash`, `head` or `width`:
```yaml
theme: 1
edges: {fallback: {dash: [2, 2]}}
```""",
    ),
    "THM004": (
        "A number that a theme cannot use",
        """\
Sizes, widths and distances are plain numbers, in pixels of the figure. Each has bounds, within which texts still fit
into what is drawn around them. `docs/themes.md` lists all of them.
```yaml
theme: 1
sizes: {title: huge}
```
```yaml
theme: 1
sizes: {title: 22}
```""",
    ),
    "THM005": (
        "No theme",
        """\
What `--theme` names is empty, or no mapping, or far larger than a theme can be. A theme begins like this:
```yaml
theme: 1
extends: book
colours:
  accent: '#1b5fa8'
```""",
    ),
}
"""Code → short title, and documentation in Markdown."""
