"""The catalogue → the reference page of component types (``docs/types.md``)."""

from __future__ import annotations

from typing import Final

from archkit.catalog import LANES, ROLES, TYPES, ComponentType
from archkit.products import products

_LANE_TITLES: Final = {
    "client": "Clients",
    "edge": "Edge",
    "source": "Sources",
    "data": "Data",
    "feature": "Features",
    "training": "Training",
    "index": "Indexes",
    "serving": "Serving",
    "genai": "Language models",
    "human": "People",
    "ops": "Operation",
}

_INTRODUCTION = """\
# Component types

A component's `type` is one of these words. It decides how the component looks (outline and glyph), in which lane a
sketch puts it, and what the completeness rules expect of it (its role). `component` is for anything that has no type of
its own. A word that is not in the tables is an error; the message names the nearest type, and knows common other names.

*When* says when a component of the type usually works: `online` within the request, `nearline` seconds to minutes after
an event, `offline` on a schedule; a dash where that depends on the system.
"""

_ROLES_INTRODUCTION = """\
## Roles

What a component does in the graph. Rules about paths (from data to a trained model, from an entry to an answer) ask for
roles, never for single types.
"""

_PRODUCTS_INTRODUCTION = """\
## Technologies

`tech:` takes any text. The technologies below are shown with their picture, taken from the `diagrams` package, in place
of the type's glyph. Case, spaces, dots and dashes make no difference, and a maker, a version or a part may stand beside
the name (`aws aurora`, `postgres 16`, `kubernetes cronjob`); of several (`PyTorch on Ray`), the first with a picture
gives it. Every other picture of that package can be named by its address, such as `onprem.queue.kafka`.
"""


def _row(kind: ComponentType) -> str:
    cells = (f"`{kind.id}`", kind.title, kind.description, kind.shape, kind.tier or "–", f"`{kind.role}`", kind.product)
    return "| " + " | ".join(cell or "–" for cell in cells) + " |"


def _lane(lane: str) -> str:
    rows = [_row(kind) for kind in TYPES.values() if kind.lane == lane]
    head = "| type | title | what it is | outline | when | role | typical technology |\n|---|---|---|---|---|---|---|"
    return f"## {_LANE_TITLES[lane]}\n\n{head}\n" + "\n".join(rows) + "\n"


def _roles() -> str:
    users = {role: [f"`{kind.id}`" for kind in TYPES.values() if kind.role == role] for role in ROLES}
    rows = [f"| `{role}` | {meaning} | {', '.join(users[role])} |" for role, meaning in ROLES.items()]
    return f"{_ROLES_INTRODUCTION}\n| role | a component that … | types |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _products() -> str:
    titles = sorted((product.title for product in products() if product.path), key=str.lower)
    return f"{_PRODUCTS_INTRODUCTION}\n{', '.join(titles)}.\n"


def types_page() -> str:
    """Return the text of ``docs/types.md``: all types by lane, all roles, all technologies with a picture."""
    return "\n".join((_INTRODUCTION, *map(_lane, LANES), _roles(), _products()))
