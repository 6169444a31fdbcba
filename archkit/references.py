"""Names that refer to other parts of a blueprint → diagnostics for those that nothing is declared under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archkit.blueprint import Blueprint
from archkit.reading import Reading, shorten
from archkit.sentences import either
from archkit.shapes.record import Record

_UNREAD = ("LNG001", "LNG002")


def check_references(blueprint: Blueprint, reading: Reading) -> None:
    """Report references to things that are not declared.

    Where nothing at all is declared that a reference could mean, it is not reported: the blueprint is still a sketch.

    Args:
        blueprint: Whose names count.
        reading: Knows all references, and where to report to.
    """
    if reading.partial or not reading.references:
        return
    declared = _declared(blueprint)
    # the end of an arrow that joins several is one slip
    for kinds, name, span in dict.fromkeys(reading.references):
        known = [names for kind in kinds if (names := declared[kind])]
        if not known or any(name in names for names in known):
            continue
        candidates = list(dict.fromkeys(other for names in known for other in names))
        what = either(kinds)
        hint = _by_another_name(name, known)
        if not hint:
            near = reading.nearest(name, candidates)
            hint = f"did you mean `{near}`?" if near else _listed(candidates)
        code = "REF001" if kinds == ("component",) else "REF002"
        reading.error(code, span, f"no {what} is called `{shorten(name)}`", hint)


def _by_another_name(name: str, known: Iterable[Mapping[str, object]]) -> str:
    """Return a hint at the one thing that goes by a name that is not its id: its title, technology, type or role."""
    wanted = _plain(name)
    for key in ("title", "tech", "type", "role"):
        said = {id_: getattr(of, key, "") or "" for names in known for id_, of in names.items()}
        found = [id_ for id_, text in said.items() if _plain(text) == wanted]
        if len(found) == 1 and wanted:
            return f"did you mean `{found[0]}`? its `{key}` is `{shorten(said[found[0]])}`"
    return ""


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


def _listed(names: Iterable[str]) -> str:
    known = [f"`{shorten(name)}`" for name in names]
    if len(known) > 12:
        return f"declare it, or use one of the {len(known)} that are declared"
    return f"declare it, or use {', '.join(known)}"


def _declared(blueprint: Blueprint) -> dict[str, dict[str, object]]:
    """Return the names that each kind of reference may use."""
    features: dict[str, object] = {}
    for group, inner in blueprint.data.features.items():
        for name in inner:
            features[name] = features[f"{group}.{name}"] = None
    evaluation = blueprint.evaluation
    metrics = {**evaluation.offline, **evaluation.online, **evaluation.guardrails}
    return {
        "component": dict(blueprint.architecture.components),
        "group": dict(blueprint.architecture.groups),
        "lane": dict(blueprint.architecture.lanes),
        "model": dict(blueprint.model.models),
        "source": dict(blueprint.data.sources),
        "label": dict(blueprint.data.labels),
        "feature": features,
        "feature group": dict(blueprint.data.features),
        "metric": dict(metrics),
        "objective": dict(blueprint.framing.objectives),
    }


def check_assumptions(blueprint: Blueprint, reading: Reading) -> None:
    """Report assumptions about a path where nothing is written.

    Args:
        blueprint: With the assumptions.
        reading: Where to report to.
    """
    if reading.partial:
        return
    unread = [finding.span for finding in reading.diagnostics if finding.code in _UNREAD and finding.span is not None]
    for path in blueprint.assumptions:
        if "." in path and " " not in path and not _written(blueprint, path.split(".")):
            section = blueprint.at(path.partition(".")[0])
            if any(span.source == section.source and section.start <= span.start < section.end for span in unread):
                continue  # it may well be written, where it could not be read
            hint = "write the path of a value, such as `requirements.scale.peak_factor`"
            reading.error("REF004", blueprint.key_at("assumptions", path), f"nothing is written at `{path}`", hint)


def _written(record: Record, path: list[str]) -> bool:
    """Return whether something is written at a path, whose ids may have dots in them."""
    if record.has(*path):
        return True
    return any(record.has(*path[:i], ".".join(path[i : i + 2]), *path[i + 2 :]) for i in range(len(path) - 1))
