"""What each colour role is used for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_LANES = {
    "data": "lanes of data",
    "training": "lanes of training",
    "inference": "lanes of inference",
    "monitoring": "lanes of monitoring",
    "other": "all other lanes",
}

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "paper": "what everything stands on",
        "ink": "text, outlines, glyphs",
        "muted": "small print, axes",
        "faint": "hairlines: rules of tables, borders of lanes; never text",
        "node.fill": "inside of components",
        "store.fill": "inside of stores",
        "queue.fill": "inside of streams and queues",
        "model.fill": "inside of models",
        "person.fill": "inside of people",
        "gate.fill": "inside of gates",
        "document.fill": "inside of documents",
        "group": "dashed borders of groups",
        "group.title": "titles of groups",
        **{f"lane.{name}": f"ground of {lanes}" for name, lanes in _LANES.items()},
        **{f"lane.{name}.title": f"titles of {lanes}" for name, lanes in _LANES.items()},
        "edge.request": "arrows: request or data dependency",
        "edge.async": "arrows: asynchronous or streamed",
        "edge.feedback": "arrows: feedback or monitoring",
        "edge.deploy": "arrows: deployment of a model",
        "edge.mirror": "arrows: mirrored traffic",
        "edge.fallback": "arrows: fallback",
        "edge.human": "arrows: done by people",
        "note": "notes",
        "step": "circles of steps",
        "step.text": "numbers in the circles of steps",
        "accent": "what is pointed out",
        "highlight": "ground of what is pointed out",
        "good": "what speaks for something",
        "bad": "what speaks against something, limits that are broken",
        "add": "what is new in a comparison",
        "remove": "what is gone in a comparison",
        "change": "what is different in a comparison",
        **{f"heat.{step}": f"cells of a matrix, step {step} of 4 from small to large" for step in range(1, 5)},
    }
)
"""By the name of the role."""
