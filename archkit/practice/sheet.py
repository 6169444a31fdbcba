"""An exercise → a file to write the answer into: the seven sections, empty, with what each should answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.magnitude import tenths

if TYPE_CHECKING:
    from archkit.practice import Exercise

MARK = "x-practice"
"""Key of an answer that names what it answers."""

_WRITE = {
    "requirements": "goal: …, scale: {daily_active_users: …, requests_per_day: …, items: …}, latency: {p99: …}",
    "framing": "why_ml: …, objectives: {this: {chosen: true, because: …}, that: {rejected: …}}, input: […], output: …",
    "data": "sources: …, labels: {name: {positive: …, negative: …}}, split: time, features: {user: {…}, item: {…}}",
    "model": "options: {simple: {baseline: true}, better: {chosen: true, because: …}}, models: {name: {loss: …}}",
    "evaluation": "offline: {name@10: {predicts: name}}, online: {name: {goal: true}}, guardrails: …, slices: […]",
    "serving": "mode: online, rollout: [shadow, {canary: 5%}, {ab: 50%}], rollback: …, cold_start: …",
    "monitoring": "operational: […], drift: {inputs: …, outputs: …}, retrain: {cadence: …}, feedback: {log: […]}",
}
_PICTURE = """\
# ── The picture ── lanes of components, then arrows: -> request or data, ~> stream or batch, ..> feedback
architecture:
#  lanes: {data: {events: event_stream}, training: {trainer: training_job}, inference: {gateway: api_gateway}}
#  flows: [user -> gateway -> ranker -> user, user ..> events]

# ── Trade-offs ── what you would be asked about
decisions:
#  index: {question: …, options: {one: {pros: […], cons: […]}, other: {…}}, chosen: one, because: …}
"""


def sheet(exercise: Exercise, title: str, schema: str = "") -> str:
    """Return the text of the file: a blueprint that says nothing yet.

    Args:
        exercise: What is asked.
        title: Of the system.
        schema: Where editors find the JSON Schema, relative to the file; no line about it where empty.
    """
    head = [f"# yaml-language-server: $schema={schema}"] if schema else []
    head += [f"# {line}" for line in _wrapped(f"{exercise.question} You have {tenths(exercise.minutes)} minutes.")]
    head += ["#", f"# `archkit practice --check FILE` grades the answer and compares it with `{exercise.name}`."]
    text = "\n".join(head) + f"\nblueprint: 1\ntitle: {title}\n{MARK}: {exercise.name}\n"
    for number, slot in enumerate(exercise.plan, 1):
        end = slot.start + slot.minutes
        text += f"\n# ── {number} ── {slot.title} ── minutes {tenths(slot.start)} to {tenths(end)}\n"
        text += "".join(f"#  {ask}\n" for ask in slot.asks)
        text += f"{slot.step}:\n#  {_WRITE[slot.step]}\n"
    return f"{text}\n{_PICTURE}"


def _wrapped(words: str, measure: int = 110) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) >= measure:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
