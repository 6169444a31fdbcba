"""The vectors do not fit into the memory that is planned for them.

Computes the size of one copy of an index or store: items × dimension × bytes (4 where nothing is said), or items ×
`code_size` where vectors are compressed, or items × `item_size`; and compares it with its `memory`, else `storage`. An
index of 100 GB and more that states neither is reported too.

Ten billion vectors of 128 floats are 5.12 TB. Whether that is one machine, a rack, or a reason to compress decides the
architecture, so it has to be computed before the index is chosen. Links of graph indexes and room to build the next
version come on top of what is computed here.

```yaml fails
architecture:
  lanes:
    inference:
      ann: {type: ann_index, items: 10B, dim: 128, bytes: 4, memory: 800 GB}
```

```yaml passes
architecture:
  lanes:
    inference:
      ann: {type: ann_index, index: IVF-PQ, items: 10B, dim: 128, bytes: 4, code_size: 72 B, memory: 800 GB}
```

Source: own judgement; H. Jégou and others, Product Quantization for Nearest Neighbor Search, 2011.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.derived import notes, off, show
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "serving"
PROFILES = ("interview", "production")

WORTH_STATING = 100 * 10**9
"""Bytes from which an index that states no size is reported."""


def applies(facts: Facts) -> bool:
    """Judge blueprints with components whose items have a known size."""
    return bool(facts.sizes.rooms)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the sizes of indexes and stores with the room they have."""
    for id_, room in facts.sizes.rooms.items():
        component = facts.graph.components[id_]
        if facts.sizes.compressed(component):
            continue
        needed = room.needed
        if room.stated is not None and needed.value > room.stated.value:
            have = show(room.stated.value)
            message = f"`{id_}` needs {needed.working()}, and has {have} ({off(room.stated.value, needed.value)})"
            hint = f"give it at least {show(needed.value)}, or compress: `code_size` is what one vector then takes"
            yield Finding(room.stated.span, message, hint, notes(needed))
        unstated = not (component.has("memory") or component.has("storage") or component.partial)
        if unstated and facts.graph.role(id_) == "index" and needed.value.value >= WORTH_STATING:
            message = f"`{id_}` needs {needed.working()}, and states no memory"
            hint = "add `memory` (or `storage`, if it answers from disk), and `code_size` if vectors are compressed"
            yield Finding(component.at("items"), message, hint, notes(needed))
