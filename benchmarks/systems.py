"""One video recommendation system of 23 components, and copies of it joined by cross links, in several languages.

``python -m benchmarks.systems FOLDER`` writes them with 23, 100 and 300 components as ``.yaml``, ``.dot`` and ``.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

COUNTS = (23, 100, 300)


class Component(NamedTuple):
    """A component of the system, with its looks in other tools."""

    id: str
    title: str
    type: str
    dot: str = ""  # shape; empty for a rounded box
    diagrams: str = "onprem.compute.Server"


class Flow(NamedTuple):
    """An arrow of the system."""

    tail: str
    head: str
    label: str
    arrow: str = "->"


LANES: dict[str, tuple[Component, ...]] = {
    "data": (
        Component("events", "Event collector", "cdc_ingest", "", "aws.analytics.KinesisDataFirehose"),
        Component("stream", "Event stream", "event_stream", "cds", "onprem.queue.Kafka"),
        Component("lake", "Data lake", "data_lake", "cylinder", "aws.storage.S3"),
        Component("batch", "Batch features", "feature_pipeline", "", "onprem.analytics.Spark"),
        Component("offline", "Offline store", "feature_store_offline", "cylinder", "aws.analytics.Redshift"),
        Component("online", "Online store", "feature_store_online", "cylinder", "onprem.inmemory.Redis"),
    ),
    "training": (
        Component("labels", "Label join", "label_join", "", "onprem.analytics.Flink"),
        Component("dataset", "Training dataset", "dataset", "cylinder", "generic.storage.Storage"),
        Component("trainer", "Ranker trainer", "training_job", "", "aws.ml.SagemakerTrainingJob"),
        Component("evaluation", "Offline evaluation", "offline_evaluator", "", "aws.ml.SagemakerModel"),
        Component("registry", "Model registry", "model_registry", "cylinder", "onprem.mlops.Mlflow"),
        Component("index_builder", "Index builder", "index_builder", "", "onprem.container.Docker"),
    ),
    "inference": (
        Component("client", "Mobile client", "client_app", "ellipse", "onprem.client.Client"),
        Component("gateway", "API gateway", "api_gateway", "", "aws.network.APIGateway"),
        Component("twotower", "Two-tower candidates", "candidate_generator", "", "programming.framework.Fastapi"),
        Component("popular", "Popular candidates", "candidate_generator"),
        Component("merge", "Candidate merge", "candidate_merger", "", "onprem.compute.Nomad"),
        Component("ranker", "Heavy ranker", "ranker", "", "aws.ml.Sagemaker"),
        Component("reranker", "Re-ranker", "re_ranker", "", "programming.language.Python"),
        Component("ann", "ANN index", "ann_index", "cylinder", "aws.database.Database"),
    ),
    "monitoring": (
        Component("ab", "A/B test", "experimentation", "", "onprem.monitoring.Splunk"),
        Component("drift", "Drift detector", "drift_detector", "", "onprem.monitoring.Prometheus"),
        Component("dashboard", "Metrics dashboard", "dashboard", "", "onprem.monitoring.Grafana"),
    ),
}

FLOWS = (
    Flow("events", "stream", "raw events", "~>"),
    Flow("stream", "lake", "hourly dump", "~>"),
    Flow("lake", "batch", "daily scan"),
    Flow("batch", "offline", "feature rows"),
    Flow("stream", "online", "live counters", "~>"),
    Flow("offline", "online", "nightly sync", "~>"),
    Flow("lake", "labels", "watch logs"),
    Flow("labels", "dataset", "labels"),
    Flow("offline", "dataset", "point-in-time join"),
    Flow("dataset", "trainer", "train split"),
    Flow("trainer", "evaluation", "checkpoint"),
    Flow("evaluation", "registry", "promote"),
    Flow("registry", "index_builder", "item tower"),
    Flow("index_builder", "ann", "new index"),
    Flow("registry", "ranker", "ranker weights"),
    Flow("client", "gateway", "feed request"),
    Flow("gateway", "twotower", "user id"),
    Flow("gateway", "popular", "country"),
    Flow("ann", "twotower", "nearest items"),
    Flow("twotower", "merge", "500 videos"),
    Flow("popular", "merge", "100 videos"),
    Flow("merge", "ranker", "600 videos"),
    Flow("online", "ranker", "features"),
    Flow("ranker", "reranker", "scores"),
    Flow("reranker", "client", "top 20"),
    Flow("client", "events", "watch events", "..>"),
    Flow("reranker", "ab", "exposures", "..>"),
    Flow("ab", "dashboard", "metrics"),
    Flow("drift", "trainer", "retrain", "..>"),
    Flow("online", "drift", "feature stats", "..>"),
)

CROSS = (
    Flow("stream", "stream", "mirror", "~>"),
    Flow("registry", "dataset", "warm start"),
    Flow("dashboard", "drift", "alerts", "..>"),
)
"""Arrows from each copy to the next."""


class Copy(NamedTuple):
    """One copy of the system; the last one may be cut short."""

    number: int  # from 1; 0 where there is one copy alone
    lanes: dict[str, tuple[Component, ...]]

    def name(self, id: str) -> str:
        """Return the id of a component in this copy."""
        return f"{id}_{self.number}" if self.number else id

    def title(self, title: str) -> str:
        """Return a title in this copy."""
        return f"{title} {self.number}" if self.number else title


def copies(count: int) -> list[Copy]:
    """Return as many copies as make ``count`` components, cut off after the last."""
    whole = sum(map(len, LANES.values()))
    found = []
    for number in range(-(-count // whole)):
        left = count - number * whole
        lanes: dict[str, tuple[Component, ...]] = {}
        for lane, components in LANES.items():
            lanes[lane] = components[: max(0, left)]
            left -= len(components)
        found.append(Copy(number + 1 if count > whole else 0, {lane: some for lane, some in lanes.items() if some}))
    return found


def flows(count: int) -> Iterator[Flow]:
    """Yield the arrows of a system of ``count`` components."""
    before: Copy | None = None
    for copy in copies(count):
        here = {component.id for components in copy.lanes.values() for component in components}
        for flow in FLOWS:
            if flow.tail in here and flow.head in here:
                yield Flow(copy.name(flow.tail), copy.name(flow.head), flow.label, flow.arrow)
        for flow in CROSS if before else ():
            if flow.head in here:
                yield Flow(before.name(flow.tail), copy.name(flow.head), flow.label, flow.arrow)
        before = copy


def blueprint(count: int) -> str:
    """Return the system in the blueprint language; copies are groups in the four lanes."""
    lines = [
        "blueprint: 1",
        "title: Video recommendation",
        "archetype: recommendation",
        "",
        "architecture:",
        "  lanes:",
    ]
    whole = copies(count)
    for lane in LANES:
        lines.append(f"    {lane}:")
        for copy in whole:
            lines += (
                f"      {copy.name(c.id)}: {{type: {c.type}, title: {copy.title(c.title)}}}"
                for c in copy.lanes.get(lane, ())
            )
    if len(whole) > 1:
        lines.append("  groups:")
        for copy in whole:
            for lane, components in copy.lanes.items():
                members = ", ".join(copy.name(c.id) for c in components)
                title = copy.title(lane.capitalize())
                lines.append(f"    {copy.name('group_' + lane)}: {{title: {title}, members: [{members}]}}")
    lines += ["", "  flows:"]
    lines += (f"    - {flow.tail} {flow.arrow} {flow.head}: {flow.label}" for flow in flows(count))
    return "\n".join([*lines, ""])


def dot(count: int) -> str:
    """Return the system in Graphviz' language, with the looks that its users give it."""
    font = 'fontname="Helvetica"'
    lines = [
        "digraph G {",
        f"  rankdir=LR; {font}; fontsize=14;",
        f'  node [shape=box style="rounded,filled" fillcolor="#f5f7fa" color="#4a5568" {font} fontsize=12];',
        f'  edge [{font} fontsize=10 color="#4a5568"];',
    ]
    for copy in copies(count):
        for lane, components in copy.lanes.items():
            label = copy.title(lane.capitalize())
            lines.append(
                f'  subgraph "cluster_{copy.name(lane)}" {{ label="{label}"; style="rounded"; color="#a0aec0";'
            )
            for c in components:
                shape = f", shape={c.dot} style=filled" if c.dot else ""
                lines.append(f'    "{copy.name(c.id)}" [label="{copy.title(c.title)}"{shape}];')
            lines.append("  }")
    lines += (f'  "{flow.tail}" -> "{flow.head}" [label="{flow.label}"];' for flow in flows(count))
    return "\n".join([*lines, "}", ""])


def diagrams(count: int) -> str:
    """Return the system as a Python script for the package ``diagrams``, which takes a format and an output name."""
    whole = copies(count)
    used = sorted({c.diagrams for copy in whole for components in copy.lanes.values() for c in components})
    lines = ["import sys", "from diagrams import Diagram, Cluster, Edge"]
    for path in used:
        module, _, name = path.rpartition(".")
        lines.append(f"from diagrams.{module} import {name}")
    lines.append(
        'with Diagram("Video recommendation", filename=sys.argv[2], outformat=sys.argv[1], show=False, direction="LR"):'
    )
    for copy in whole:
        for lane, components in copy.lanes.items():
            lines.append(f'    with Cluster("{copy.title(lane.capitalize())}"):')
            for c in components:
                lines.append(f'        {copy.name(c.id)} = {c.diagrams.rpartition(".")[2]}("{copy.title(c.title)}")')
    lines += (f'    {flow.tail} >> Edge(label="{flow.label}") >> {flow.head}' for flow in flows(count))
    return "\n".join([*lines, ""])


FORMS = {"yaml": blueprint, "dot": dot, "py": diagrams}


def write(folder: Path, counts: tuple[int, ...] = COUNTS, forms: tuple[str, ...] = tuple(FORMS)) -> None:
    """Write systems of some sizes in some languages as ``sys-COUNT.FORM``."""
    folder.mkdir(parents=True, exist_ok=True)
    for count in counts:
        for form in forms:
            (folder / f"sys-{count}.{form}").write_text(FORMS[form](count), "utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
