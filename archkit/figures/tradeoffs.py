"""Blueprint → options against criteria, with the winner and why it won."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from archkit.blocks import Block, Boxed, Column, Flow, Glyph, Grid, Rating, Row, Words
from archkit.figures.common import heads, picture, short
from archkit.pictures import Picture
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint
    from archkit.model.design import FigureSpec
    from archkit.model.modelling import Option

_MOST = 5
_PERCENTILES = ("p99", "p95", "p50", "mean", "max")
_NUMBERS = {"memory": "In memory", "parameters": "Parameters", "training_time": "Training", "cost": "Costs"}


class Choice(NamedTuple):
    """A question with its options.

    Attributes:
        id: Of the decision; ``model`` for the choice of a model.
        question: What was to be decided.
        options: What could be done.
        chosen: The id of the winner; empty where none is named.
        because: Why it won.
    """

    id: str
    question: str
    options: Mapping[str, Option]
    chosen: str
    because: str


def choices(blueprint: Blueprint) -> list[Choice]:
    """Return the choice of a model and all other decisions that name options."""
    found = []
    options = blueprint.model.options
    if len(options) > 1:
        chosen = next((name for name, option in options.items() if option.chosen), "")
        because = options[chosen].because if chosen else ""
        found.append(Choice("model", "Which model?", options, chosen, because))
    for decision in blueprint.decisions.values():
        if len(decision.options) > 1:
            question = decision.question or title_of(decision.id)
            found.append(Choice(decision.id, question, decision.options, decision.chosen, decision.because))
    return found


def subjects(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the decisions with options, and ``model`` where there are options for it."""
    return tuple(choice.id for choice in choices(blueprint))


def needs(blueprint: Blueprint, spec: FigureSpec | None = None) -> list[str]:
    """Return what is missing: options to choose from."""
    return [] if choices(blueprint) else ["two options or more under `model: options:` or in one of `decisions:`"]


def plan(blueprint: Blueprint, spec: FigureSpec | None = None) -> Picture:
    """Plan a table for each choice, or for the one that the figure is ``of``."""
    found = choices(blueprint)
    wanted = [choice for choice in found if spec is not None and choice.id == spec.of]
    shown = wanted or found
    body: Block = Flow(tuple(_table(choice) for choice in shown), 2.0)
    told = shown[0].question.rstrip("?") if len(shown) == 1 else f"{len(shown)} choices"
    caption = f"{blueprint.title}: {told}, with the options, and why the winner won"
    return picture("tradeoffs", "Trade-offs", caption, body, spec)


def _table(choice: Choice) -> Block:
    criteria = tuple(dict.fromkeys(name for option in choice.options.values() for name in option.scores))
    numbers = [
        name for name in _NUMBERS if any(getattr(option, name) is not None for option in choice.options.values())
    ]
    timed = any(_time(option) for option in choice.options.values())
    argued = any(option.pros or option.cons for option in choice.options.values())
    titles = [title_of(name) for name in criteria] + (["Takes"] if timed else []) + [_NUMBERS[name] for name in numbers]
    rows: list[tuple[Block | None, ...]] = [heads("Option", *titles, *(["For and against"] if argued else []))]
    marked = frozenset(at for at, id_ in enumerate(choice.options, 1) if id_ == choice.chosen)
    for id_, option in choice.options.items():
        cells: list[Block | None] = [_name(option, id_ == choice.chosen)]
        cells += [_score(option, name) for name in criteria]
        if timed:
            cells.append(Words(_time(option)) if _time(option) else None)
        values = [getattr(option, name) for name in numbers]
        cells += [Words(short(value)) if value is not None else None for value in values]
        if argued:
            cells.append(_arguments(option))
        rows.append(tuple(cells))
    columns = ("start", *("start" for _ in titles), *(["start"] if argued else []))
    grid = Grid(tuple(rows), columns, 1, marked, gap=1.3)  # type: ignore[arg-type]
    parts: list[Block] = [Words(choice.question, "title", measure=40), grid]
    if choice.chosen:
        parts.append(_verdict(choice))
    return Column(tuple(parts), 0.6, "stretch")


def _name(option: Option, chosen: bool) -> Block:
    name = Words(option.name, "strong" if chosen else "body", measure=11)
    kind = "baseline" if option.baseline else option.family
    return Column((name, Words(kind, "small", "ink", 11)), 0.05) if kind else name


def _score(option: Option, name: str) -> Block | None:
    value = option.scores.get(name)
    return Rating(float(value.value), _MOST) if value is not None else None


def _time(option: Option) -> str:
    for name in _PERCENTILES:
        value = getattr(option.latency, name)
        if value is not None:
            return f"{name} {short(value)}"
    return ""


def _arguments(option: Option) -> Block | None:
    lines = [("+", "good", text) for text in option.pros] + [("−", "bad", text) for text in option.cons]
    return _signed(lines) if lines else None


def _signed(lines: list[tuple[str, str, str]]) -> Block:
    rows = tuple((Words(sign, "strong", "ink"), Words(text, measure=20)) for sign, _, text in lines)
    return Grid(rows, ("middle", "start"), ruled=False, gap=0.45, leading=0.05, align="start")


def _verdict(choice: Choice) -> Block:
    winner = choice.options.get(choice.chosen)
    name = (winner.title if winner is not None else "") or title_of(choice.chosen)
    why = f"{name}: {choice.because}" if choice.because else name
    line = Row((Glyph("check", "good", 1.4), Words(why, measure=44)), 0.6)
    return Boxed(line, fill="paper", stroke="", padding=0.4, align="start")
