"""Arrow entries → flows: one for each pair of components that an arrow joins."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any

from archkit.arrows import ARROWS, Hop, Slip, has_arrow, parse_arrows
from archkit.model.common import Latency
from archkit.reading import Reading, describe
from archkit.shapes import fields as f
from archkit.shapes.base import Map, Schemas, Shape
from archkit.shapes.containers import ListOf, Rec
from archkit.shapes.record import Record
from archkit.shapes.scalars import inner_span
from archkit.source import Span
from archkit.yamltree import Mapping, Node, Scalar, Sequence

KINDS = (
    "sync", "async", "stream", "batch", "feedback", "control", "deploy", "train", "mirror", "fallback", "human",
)  # fmt: skip
"""What a flow can mean; ``->`` alone is sync, ``~>`` async, ``..>`` feedback."""


class Flow(Record, short="label"):
    """An arrow between components; words alone are its label.

    Attributes:
        source: Id of the component it leaves.
        target: Id of the component it enters.
        arrow: ``->``, ``~>`` or ``..>``, as written.
    """

    source: str = ""
    target: str = ""
    arrow: str = "->"

    label = f.text(
        "What flows, in few words; on a chain it belongs to the last arrow.", "1,000 nearest", aka=("title",)
    )
    labels = f.field(ListOf(f.TEXT, single=False), "One label for each arrow of a chain.", "[query, candidates]")
    kind = f.word(KINDS, "What the arrow means, where its shape does not say it all.", "deploy", aka=("type",))
    uses = f.refs("feature|feature group", "The features that flow.", "[watch_history]", aka=("features",))
    latency = f.record(Latency, "Time on the way, both ways.", "{p99: 2 ms}")
    step = f.integer("Its number in the order of a request; arrows of a chain count on.", "1")
    note = f.text("An explanation.", "cut off after 1,000", aka=("description",))
    traffic = f.share("Share of the traffic that goes this way.", "5%", aka=("share",))
    rate = f.rate("How many per time.", "20k / s", aka=("qps", "throughput"))
    payload = f.size("Bytes of one message.", "2 KB", aka=("size",))
    timeout = f.time("When the caller stops waiting.", "80 ms")
    retries = f.whole("How often the caller tries again.", "1")
    hedge_after = f.time("When the caller asks a second replica as well.", "30 ms", aka=("hedging", "hedge"))
    at_most = f.whole("How often a loop may go this way for one request.", "3", aka=("max_loops", "bound"))
    condition = f.text("When it is taken.", "score below 0.6", aka=("if", "condition"))
    cadence = f.time("How often, where it is not all the time.", "1 h", aka=("every", "schedule"))
    delay = f.time("How long it takes to arrive, where it is not immediate.", "5 min", aka=("lag",))
    pii = f.flag("Whether personal data flow.")
    waive = f.waive()

    @property
    def id(self) -> str:
        """The arrow in words: ``a -> b``."""
        return f"{self.source} {self.arrow} {self.target}"

    @property
    def span(self) -> Span:
        """The whole entry, arrow and all."""
        whole: Span = self.__dict__["_whole"]
        return whole


class Flows(Shape[tuple[Flow, ...]]):
    """A list of arrow texts, alone or each with a label, a list of labels or a mapping of more."""

    accepts = (Sequence,)
    words = "a list of arrows"
    example = "- a -> b"
    default: Any = ()

    def read(self, node: Node, key: Scalar | None, reading: Reading) -> tuple[Flow, ...]:
        """Return the flows."""
        found: list[Flow] = []
        for item in node.items if isinstance(node, Sequence) else ():
            if isinstance(item, Scalar):
                found += _read_entry(item, Scalar(item.span, "", True), item.span, reading)
            elif isinstance(item, Mapping) and len(item.entries) == 1:
                found += _read_entry(*item.entries[0], item.span, reading)
            elif not (isinstance(item, Mapping) and item.partial):
                _strange(item, reading)
        return tuple(found)

    def inside(self) -> tuple[type[Record] | None, Shape[Any] | None, bool]:
        """Return what it holds."""
        return None, Rec(Flow), True

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """Return the schema of the flows."""
        arrow = {
            "title": "arrow",
            "pattern": r"\S\s*(->|~>|\.\.>)\s*\S",
            "patternErrorMessage": "An arrow joins components: `a -> b`, `a ~> b` or `a ..> b`.",
        }
        labels = {"type": "array", "items": {"type": ["string", "number", "boolean"]}, "description": "One per arrow."}
        entry = {
            "anyOf": [
                {"type": "string", **arrow},
                {
                    "type": "object",
                    "propertyNames": arrow,
                    "additionalProperties": {"anyOf": [schemas.reference(Flow), labels]},
                    "minProperties": 1,
                    "maxProperties": 1,
                },
            ]
        }
        return {"anyOf": [{"type": "array", "items": entry}, {"type": "null"}]}


def _strange(item: Node, reading: Reading) -> None:
    """Report an entry that is neither an arrow nor an arrow with more."""
    hint = "write it like `- a -> b` or `- a -> b: label`"
    if isinstance(item, Mapping):
        ends = {name.text: value.text for name, value in item.entries if isinstance(value, Scalar)}
        source, target = ends.get("from", ends.get("source")), ends.get("to", ends.get("target"))
        if source and target:
            hint = f"write it as an arrow: `- {source} -> {target}: {{…}}`"
        elif sum(has_arrow(name.text) for name, _value in item.entries) > 1:
            hint = "write `- ` before each arrow"
        elif item.entries and has_arrow(item.entries[0][0].text):
            hint = f"indent what belongs to the arrow, or write `- {item.entries[0][0].text}: {{…}}`"
    reading.error("LNG007", item.span, f"this is {describe(item)}, not an arrow", hint)


def _read_entry(arrow: Scalar, value: Node, whole: Span, reading: Reading) -> list[Flow]:
    hops = parse_arrows(arrow.text)
    if isinstance(value, Sequence):
        entries = ((Scalar(value.span, "labels", True), value),)
        options = Flow.read(Mapping(value.span, entries), arrow, reading)
    else:
        options = Flow.read(value, arrow, reading)
    if isinstance(hops, Slip):
        reading.error("LNG007", inner_span(arrow, hops.start, hops.end), hops.message, hops.hint)
        return []
    labels = _labels(options, hops, reading)
    return [_flow(options, hop, labels.get(hop.number, ""), arrow, whole) for hop in hops]


def _labels(options: Flow, hops: list[Hop], reading: Reading) -> MappingType[int, str]:
    """Return the label of each arrow of a chain by its number."""
    last = hops[-1].number
    if not options.labels:
        return {last: options.label}
    if options.label:
        reading.error("LNG018", options.key_at("label"), "`label` and `labels` are both written", "keep one of them")
    if len(options.labels) != last + 1:
        given = len(options.labels)
        message = f"{given} label{'s' if given > 1 else ''} for {last + 1} arrow{'s' if last else ''}"
        reading.error("LNG018", options.at("labels"), message, "write one label for each arrow")
    return dict(enumerate(options.labels))


def _flow(options: Flow, hop: Hop, label: str, arrow: Scalar, whole: Span) -> Flow:
    """Return the flow of one hop: what is written applies to every hop, but for label and step."""
    flow = Flow.__new__(Flow)
    values = flow.__dict__
    values.update(options.__dict__)
    values.pop("labels", None)
    values.pop("label", None)
    if label:
        values["label"] = label
    source, target = hop.source, hop.target
    values.update(source=source.text, target=target.text, arrow=hop.arrow)
    values["kind"] = options.kind or ARROWS[hop.arrow]
    if options.step is not None:
        values["step"] = options.step + hop.number
    values["_whole"] = whole
    values["_spans"] = Map(
        source=inner_span(arrow, source.start, source.end), target=inner_span(arrow, target.start, target.end)
    )
    return flow
