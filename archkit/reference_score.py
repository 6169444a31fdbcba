"""The tables of the score → its reference page (``docs/score.md``)."""

from __future__ import annotations

from archkit import rules
from archkit.score import COUNTED, NEEDED, PARTS, READS, WEIGHTS, WRITTEN

_KINDS = {
    "all": "every system",
    "production": "the profile `production`",
    "predicts": "every system but platforms",
    "trains": "systems that train models: no platforms, and no `generation`, `rag` or `agent`",
    "online": "systems that answer while somebody waits: `mode` is `online`, `hybrid` or not written; none on devices",
    "ranks": "`recommendation` and `search`",
    "writes": "`generation`, `rag` and `agent`",
    "rag": "`rag`",
    "agent": "`agent`",
    "servers": "systems that do not predict on devices",
    "device": "`on-device`, `federated`, or the mode `edge` alone",
}
_HEAD = """\
# The score

`archkit score BLUEPRINT` says how complete a design is: points for each of the seven steps, a total from 0 to 100, and
the three things that would raise it most. `--profile` chooses what counts (`sketch`, `interview` or `production`), and
`--min-score 80` makes the command return 1 for a total below 80.

## What is counted

A step is judged by a list of checks. There are two kinds:

- **A part is written**, such as `requirements.latency`: {written} point. Which parts count depends on the archetype and
  the serving mode, never on what else is written.
- **A rule holds**: as many points as its findings are grave, 3 for an error, 2 for a warning, 1 for advice. A rule
  holds where it has something to judge and finds nothing, or only what a waiver accepts with a reason.

A check that does not hold earns nothing. Whether it counts against the step is decided by the kind of system:

| the check | earned | possible |
|---|---|---|
| holds | its points | its points |
| does not hold, and this kind of system needs it | 0 | its points |
| does not hold, and this kind of system does not need it | 0 | 0 |

So a rule that this kind of system does not need can only add to a score, and says nothing where it does not apply. A
rule that it does need has to be *shown* to hold: to leave out the numbers that it computes with earns as little as
numbers that break it. For the same reason a rule cannot hold while a needed part that it reads is missing: leaving
out `requirements.latency` does not make a slow system quick. {counted} is not counted: what it reports is missing
parts already.

The share of a step is what it earned over what was possible, and the total is the mean of these shares by weight:

    share = earned / possible
    total = sum(weight × share) / sum(weight)        over the steps in which something is possible

Totals are exact fractions, and whole points are rounded down: 100 is shown only where nothing is missing. Findings of
rules that are not needed may stand beside 100 points; they are counted behind the total, and `archkit validate` shows
them.

## What follows from this

- Repairing a finding never lowers a score: at worst the rule is not needed and has further findings.
- Writing a part that is needed never lowers it, even if what is written breaks a rule: that rule has not held before.
- What does not apply neither helps nor hurts. Deleting the thing at fault is a repair like any other.
- The archetype and the serving mode decide what is needed, so changing them may move a score in both directions.

The figure `scorecard` draws the same numbers, and `archkit.score.score(blueprint, profile)` returns them.
"""


def score_page() -> str:
    """Return the text of ``docs/score.md``."""
    counted = " and ".join(f"`{code}`" for code in COUNTED)
    lines = [_HEAD.format(written=WRITTEN, counted=counted), "## Weights", ""]
    lines += ["| step | " + " | ".join(WEIGHTS) + " |", "|---|" + "---|" * len(WEIGHTS)]
    for number, step in enumerate(rules.STEPS):
        lines.append(f"| {step} | " + " | ".join(str(weights[number]) for weights in WEIGHTS.values()) + " |")
    lines += ["", "## Kinds of systems", "", "Only the archetype, the serving mode and the profile decide.", ""]
    lines += ["| kind | what it is |", "|---|---|", *(f"| {kind} | {words} |" for kind, words in _KINDS.items())]
    lines += ["", "## Parts that are needed", "", "Where several kinds stand, all of them have to hold.", ""]
    lines += ["| section | parts | kinds |", "|---|---|---|"]
    lines += [f"| {section} | {_quoted(parts)} | {_by(kinds)} |" for section, parts, kinds in PARTS]
    lines += [
        "",
        "A sketch needs nothing but arrows.",
        "",
        "## Rules that are needed",
        "",
        "| rules | kinds |",
        "|---|---|",
    ]
    lines += [f"| {' '.join(codes.split())} | {_by(kinds)} |" for codes, kinds in NEEDED]
    lines += ["", "Only rules that count in the profile are judged.", "", "## What rules read", ""]
    lines += ["| part | rules that cannot hold without it, where it is needed |", "|---|---|"]
    lines += [f"| `{part.replace(' ', '.')}` | {codes} |" for part, codes in READS]
    return "\n".join(lines) + "\n"


def _quoted(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split())


def _by(kinds: str) -> str:
    return ", ".join(kinds.split())
