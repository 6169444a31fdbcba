"""Themes: colours by role, type sizes, strokes and spacing, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archkit.drawing import HeadKind, ShapeKind
from archkit.picture import EdgeStyle
from archkit.typefaces import FaceName


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sizes:
    """Type sizes in pixels, and how far apart lines of a paragraph stand."""

    title: float = 18.0
    lane: float = 13.0
    node: float = 13.5
    group: float = 12.5
    label: float = 12.5
    annotation: float = 12.5
    note: float = 12.5
    caption: float = 13.0
    legend: float = 12.5
    step: float = 12.5
    leading: float = 1.25  # baseline to baseline, as a multiple of the size


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Strokes:
    """Line widths in pixels."""

    node: float = 1.25
    wire: float = 1.25
    lane: float = 1.0
    group: float = 1.0
    leader: float = 0.75
    icon: float = 1.6  # on the glyph's own 24-pixel grid
    hand: float = 0.0  # how unsteady the hand is that draws them: 0 for a ruler, 1 for a whiteboard
    group_dash: tuple[float, ...] = (5.0, 3.5)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Spacing:
    """Distances in pixels that differ between themes; what keeps arrows and labels apart belongs to ``layout``."""

    margin: float = 18.0  # around the whole figure
    icon: float = 24.0
    title_gap: float = 14.0
    caption_gap: float = 14.0
    legend_gap: float = 14.0
    arrow_length: float = 8.0
    arrow_width: float = 6.5
    radius: float = 6.0
    band_radius: float = 8.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EdgeLook:
    """How an arrow of some meaning is drawn.

    Args:
        role: Colour role.
        words: What the legend says.
        dash: Strokes and gaps in pixels, empty for a full line; with the head it tells the styles apart without colour.
        head: ``arrow`` filled, ``open`` two strokes.
        width: Of the line, in pixels.
    """

    role: str
    words: str
    dash: tuple[float, ...] = ()
    head: HeadKind = "arrow"
    width: float = 1.25


EDGE_LOOKS: Mapping[EdgeStyle, EdgeLook] = MappingProxyType(
    {
        "request": EdgeLook("edge.request", "request or data dependency"),
        "async": EdgeLook("edge.async", "asynchronous or streamed", (7.0, 3.5), "open"),
        "feedback": EdgeLook("edge.feedback", "feedback or monitoring", (1.5, 3.0)),
        "deploy": EdgeLook("edge.deploy", "deployment of a model", width=2.0),
        "mirror": EdgeLook("edge.mirror", "mirrored traffic", (7.0, 3.0, 1.5, 3.0), "open"),
        "fallback": EdgeLook("edge.fallback", "fallback", (3.5, 3.0)),
        "human": EdgeLook("edge.human", "done by people", (10.0, 3.0, 1.5, 3.0, 1.5, 3.0)),
    }
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Theme:
    """One look of all figures.

    Args:
        name: As the user chooses it.
        colours: Hexadecimal colour (``#rrggbb``) of every role.
        dark: Whether light lines stand on a dark ground.
        sizes: Type sizes.
        strokes: Line widths.
        spacing: Distances.
        edges: How arrows are drawn.
        face: The typeface, ``plain`` or ``hand``.
        adaptive: Colours of the other scheme, light or dark, that differ from the usual ones.
    """

    name: str
    colours: Mapping[str, str]
    dark: bool = False
    sizes: Sizes = field(default_factory=Sizes)
    strokes: Strokes = field(default_factory=Strokes)
    spacing: Spacing = field(default_factory=Spacing)
    edges: Mapping[EdgeStyle, EdgeLook] = field(default_factory=lambda: EDGE_LOOKS)
    face: FaceName = "plain"
    adaptive: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as bytes, which are one theme there however often they arrive."""
        import pickle

        values = (getattr(self, each.name) for each in fields(self))
        return _arrived, (pickle.dumps([dict(one) if isinstance(one, MappingProxyType) else one for one in values]),)

    def colour(self, role: str) -> str:
        """Return a role's colour.

        Raises:
            KeyError: No such role: a mistake in a layout.
        """
        return self.colours[role]


_FILLS: Mapping[ShapeKind, str] = {
    "cylinder": "store.fill",
    "stack": "store.fill",
    "queue": "queue.fill",
    "cloud": "model.fill",
    "person": "person.fill",
    "diamond": "gate.fill",
    "document": "document.fill",
}


def fill_role(kind: ShapeKind) -> str:
    """Return the fill role of a node by its outline."""
    return _FILLS.get(kind, "node.fill")


# Lanes carry the names their authors give them; these are the families that have a colour of their own.
_LANE_FAMILIES = {
    "data": ("data", "source", "sources", "feature", "features", "ingest", "ingestion", "storage", "index", "indexing"),
    "training": ("training", "train", "offline", "modelling", "modeling", "model", "models", "experimentation"),
    "inference": ("inference", "serving", "online", "client", "clients", "edge", "genai", "retrieval", "prediction"),
    "monitoring": ("monitoring", "ops", "operations", "observability", "feedback", "human", "governance", "evaluation"),
}
_LANE_ROLES = {name: f"lane.{family}" for family, names in _LANE_FAMILIES.items() for name in names}


def lane_role(lane: str) -> str:
    """Return the fill role of a lane by its id: ``lane.data``, ``lane.training`` … or ``lane.other``.

    The role of its title is the same with ``.title`` behind it.
    """
    lane = lane.lower()
    known = _LANE_ROLES.get(lane)
    return known or next((_LANE_ROLES[word] for word in lane.split("_") if word in _LANE_ROLES), "lane.other")


def _colours(**roles: str) -> Mapping[str, str]:
    return MappingProxyType({name.replace("_", "."): value for name, value in roles.items()})


BOOK = Theme(
    "book",
    _colours(
        paper="#ffffff",
        ink="#1f2328",
        muted="#555b63",
        faint="#c9ced4",  # hairlines: grids, leaders; never text
        node_fill="#ffffff",
        store_fill="#ffffff",
        queue_fill="#ffffff",
        model_fill="#fff1c9",
        person_fill="#ffffff",
        gate_fill="#ffffff",
        document_fill="#ffffff",
        group="#6a7179",
        group_title="#4c525a",
        lane_data="#eaf1f9",
        lane_data_title="#1f4e79",
        lane_training="#fbf6e6",
        lane_training_title="#6b4e00",
        lane_inference="#e1f0e5",
        lane_inference_title="#1d5a35",
        lane_monitoring="#ede4f1",
        lane_monitoring_title="#5d2f70",
        lane_other="#f3f4f5",
        lane_other_title="#454b52",
        edge_request="#1f2328",
        edge_async="#1f2328",
        edge_feedback="#a8390f",
        edge_deploy="#7a3ea8",
        edge_mirror="#5f6873",
        edge_fallback="#855c00",
        edge_human="#0b6b70",
        note="#3f464d",
        step="#1f2328",
        step_text="#ffffff",
        accent="#1b5fa8",
        highlight="#ffe08a",
        good="#18703a",
        bad="#b3261e",
        add="#18703a",
        remove="#b3261e",
        change="#8a5a00",
        heat_1="#eef4fb",  # cells of a matrix, from small to large
        heat_2="#d6e6f6",
        heat_3="#b3d1ee",
        heat_4="#8cb8e3",
    ),
)

_FOLDER = Path(__file__).parent / "data" / "themes"


class _Themes(Mapping[str, Theme]):
    """The built-in themes by name; each is read from its file when it is first asked for."""

    def __getitem__(self, name: str) -> Theme:
        if name not in _names():
            raise KeyError(name)
        return _builtin(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_names())

    def __len__(self) -> int:
        return len(_names())


@lru_cache(maxsize=8)
def _arrived(values: bytes) -> Theme:
    """Return the theme that another process of this program has sent."""
    import pickle

    found: list[Any] = pickle.loads(values)  # noqa: S301  bytes of this program, not of a file
    frozen: list[Any] = [MappingProxyType(one) if isinstance(one, dict) else one for one in found]
    return Theme(*frozen)


@cache
def _names() -> tuple[str, ...]:
    return BOOK.name, *sorted(path.stem for path in _FOLDER.glob("*.yaml"))


@cache
def _builtin(name: str) -> Theme:
    if name == BOOK.name:
        return BOOK
    # Loaded here because the usual theme needs nothing of what reads files.
    from archkit.themes.reading import read_theme

    result = read_theme((_FOLDER / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    if result.theme is None or result.diagnostics:
        raise RuntimeError(f"the built-in theme {name} is broken: {result.diagnostics}")
    return result.theme


THEMES: Mapping[str, Theme] = _Themes()


def counterpart(theme: Theme) -> Theme:
    """Return a theme in the colours of the other scheme: those of ``dark``, or of ``book`` where it is dark itself."""
    usual = BOOK if theme.dark else THEMES["dark"]
    return replace(theme, colours=MappingProxyType({**usual.colours, **theme.adaptive}), dark=not theme.dark)
