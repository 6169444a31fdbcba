"""What stands beside the seven steps: decisions, figures, references."""

from __future__ import annotations

from typing import Any, Self, cast

from archkit.model import authored
from archkit.model.framing import STEPS
from archkit.model.modelling import Option
from archkit.reading import Reading, is_null, shorten
from archkit.shapes import fields as f
from archkit.shapes.base import Map, Schemas, Shape
from archkit.shapes.containers import ListOf, MapOf, Rec
from archkit.shapes.record import START, Record
from archkit.yamltree import Mapping, Node, Scalar, Sequence


class Decision(Record):
    """A trade-off: a question, its options, the one chosen and why."""

    question = f.text("What was to be decided.", "Which ANN index?", aka=("title",))
    options = f.table(Option, "What could be done.", "{ivf_pq: {pros: [small], cons: [loses recall]}}")
    chosen = f.text("The id of the option chosen.", "ivf_pq", aka=("choice", "decision"))
    because = f.text("Why.", "the vectors must fit into memory", aka=("why", "rationale", "reason"))
    axis = f.text("What is traded for what.", "latency/accuracy", aka=("tradeoff",))
    revisit = f.text("When to decide again.", "above 100B items")
    note = f.text("A remark.")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report a choice that is no option."""
        chosen, options = values.get("chosen", ""), values.get("options", {})
        if chosen and options and chosen not in options:
            near = reading.nearest(chosen, options)
            hint = f"did you mean `{near}`?" if near else f"the options are {', '.join(f'`{o}`' for o in options)}"
            message = f"`{self.id}` chooses `{chosen}`, which is none of its options"
            reading.error("REF003", self.at("chosen"), message, hint)


class FigureSpec(Record, short="kind", noun="figure"):
    """A figure to draw; a word alone is its kind, or the name of something that has a figure of its own.

    The word `all` stands for every figure that the blueprint has the data for and that is not listed besides.
    """

    kind = f.text("The kind of figure.", "funnel", required=True, aka=("type",))
    name = f.text("The name of its file; the kind, and what it is `of`, where it is missing.", "ndcg_example")
    title = f.text("Heads the figure.", "How nDCG is computed")
    caption = f.text("Stands below the figure.", "A worked example of nDCG")
    of = f.text("What it shows, where the kind alone does not say: a model, group or component.", "two_tower")
    section = f.word((*STEPS, "summary"), "The step that it belongs to, if not that of its kind.", "evaluation")
    highlight = f.texts(
        "What stands out: ids of components, groups and lanes, and arrows; in figures that are no graphs, of boxes.",
        "[ranker, gateway -> ranker]",
    )
    callouts = f.notes(
        "Explanations, each of something that is then marked by a letter: an id or an arrow, as in `highlight`.",
        "{ranker: 8 ms for 1000 items}",
    )
    hide = f.texts(
        "What is left out: ids of components, groups and lanes. Where one arrow led to a component and one on from it, "
        "they become one.",
        "[dashboard]",
    )
    collapse = f.texts(
        "What is drawn as one box: ids of groups, lanes and components with parts. Arrows of what is inside run to it.",
        "[ranking, monitoring]",
    )
    zoom = f.text("The component, group or lane that is shown from inside, with its direct neighbours.", "candidates")
    waive = f.waive()

    @classmethod
    def read(cls, node: Node, key: Scalar | None, reading: Reading) -> Self:
        """Read a figure as its kind wants it: some kinds have keys of their own."""
        if cls is FigureSpec:
            own = authored.spec_of(_kind(node))
            if own is not None:
                return cast("Self", own.read(node, key, reading))
        return super().read(node, key, reading)

    @classmethod
    def demand(cls, node: Mapping, key: Scalar | None, reading: Reading) -> None:
        """Report a figure without a kind; ``- funnel: …`` most likely means one of that kind."""
        strangers = [name for name, _ in node.entries if name.text not in cls.fields]
        if cls is FigureSpec and len(strangers) == 1 and not any(name.text == "kind" for name, _ in node.entries):
            kind = shorten(strangers[0].text)
            hint = f"write `kind: {kind}`, and what else there is to say beside it: `title: …`"
            reading.error("LNG003", strangers[0].span, "`kind` is missing in a figure", hint)
        else:
            super().demand(node, key, reading)

    @classmethod
    def standing_for(cls, kind: str, of: str, name: str = "") -> FigureSpec:
        """Return what a figure would be that nobody lists: of one of the things that its kind draws.

        Args:
            kind: Of the figure.
            of: Id of what it shows.
            name: Of the figure.
        """
        spec = cls.__new__(cls)
        spec.__dict__.update(_node=Scalar(START, of, True), kind=kind, of=of, name=name or f"{kind}_{of}")
        return spec

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Name the figure by its kind, and by what it is of, where it has no name."""
        if "kind" in values:
            values.setdefault("name", f"{values['kind']}_{values['of']}" if values.get("of") else values["kind"])

    @classmethod
    def schema(cls, schemas: Schemas) -> dict[str, Any]:
        """Return the schema: which keys there are depends on the kind."""
        whole: dict[str, Any] = super().schema(schemas)["anyOf"][0]
        kind = whole["properties"]["kind"]
        if cls is not FigureSpec:
            kind["enum"] = [authored.kind_of(cls)]
            return {"description": cls.about(), **whole}
        if authored.KINDS:
            kind["not"] = {"enum": list(authored.KINDS)}
        own = [schemas.reference(spec) for spec in map(authored.spec_of, authored.KINDS) if spec is not None]
        known = {"enum": list(schemas.figures), "enumDescriptions": list(schemas.figures.values())}
        words = [known] if schemas.figures else []
        return {"description": cls.about(), "anyOf": [whole, *own, *words, {"type": "string"}]}


def _kind(node: Node) -> str:
    """Return the kind that a figure's tree names, or ""."""
    if isinstance(node, Mapping):
        node = next((value for key, value in node.entries if key.text == "kind"), node)
    return node.text if isinstance(node, Scalar) else ""


class Citation(Record, short="title", noun="reference"):
    """A source of a number or idea; words alone are its title, an address alone its address."""

    title = f.text("What it is called.", "Deep neural networks for YouTube recommendations")
    url = f.text("Where it is found.", "https://example.org/paper.pdf", aka=("link", "href"))
    authors = f.texts("Who wrote it.", "[P. Covington]", aka=("author",))
    year = f.text("When.", "2016")
    note = f.text("What it was used for.", "the share of bait clicks")
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Take an address written alone as the address."""
        if isinstance(self._node, Scalar) and self.title.startswith(("http://", "https://")):
            values["url"] = values.pop("title")


class Citations(Shape[Map[Citation]]):
    """References by id, or a list of them, whose ids are then 1, 2, 3…"""

    accepts = (Mapping, Sequence)
    words = "a mapping from ids to sources, or a list of sources"
    example = "{youtube: {title: …, url: …}}"
    default: Any = Map()

    def __init__(self) -> None:
        self.by_id = MapOf(Rec(Citation))
        self.in_list = ListOf(Rec(Citation))

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> Map[Citation] | None:
        """Return the references by id."""
        if isinstance(node, Sequence):
            found = self.in_list.read(node, key, reading) or ()
            return Map((str(number), citation) for number, citation in enumerate(found, 1))
        return Map(() if is_null(node) else self.by_id.read(node, key, reading) or {})

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return None, self.by_id, False

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of both forms."""
        return {"anyOf": [self.by_id.schema(schemas), {"type": "array", "items": schemas.reference(Citation)}]}
