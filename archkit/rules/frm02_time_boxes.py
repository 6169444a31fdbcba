"""The minutes of an interview do not add up, or go to the wrong steps.

Where `interview.minutes` and `interview.steps` are written, checks that the steps add up to the whole; that about five
of 45 minutes go to clarifying (between 3 and 7; for other lengths in proportion), and about ten to serving and
monitoring together (between 7 and 13).

Interviews are failed by the clock more often than by knowledge: ten minutes of questions are ten minutes without a
model, and who comes to deployment in the last two has shown that it was an afterthought.

```yaml fails
interview:
  minutes: 45
  steps: {requirements: 5, framing: 5, data: 10, model: 15, evaluation: 5, serving: 3, monitoring: 1}
```

```yaml passes
interview:
  minutes: 45
  steps: {requirements: 5, framing: 5, data: 8, model: 12, evaluation: 5, serving: 6, monitoring: 4}
```

Source: the framework (five minutes to clarify, ten to deploy and monitor).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from archkit.diagnostics import Note, Severity
from archkit.facts import Facts
from archkit.facts.derived import count, show
from archkit.rules import STEPS, Finding

SEVERITY = Severity.ADVICE
STEP = "requirements"
PROFILES = ("interview", "production")

WHOLE = 45
"""Minutes of the interview that the other numbers are for."""

_SHARES = (
    (("requirements",), 5, 2, "clarifying"),
    (("serving", "monitoring"), 10, 3, "serving and monitoring"),
)
"""Steps, their minutes, by how many they may be off, and what they are called together."""


def applies(facts: Facts) -> bool:
    """Judge interviews whose steps have minutes."""
    interview = facts.blueprint.interview
    return bool(interview.steps) and len(interview.steps) == len(interview.names("steps"))


def check(facts: Facts) -> Iterator[Finding]:
    """Report minutes that do not add up, and steps with far too many or few."""
    interview = facts.blueprint.interview
    minutes = {step: amount.value for step, amount in interview.steps.items()}
    total = sum(minutes.values())
    if interview.minutes is not None and total != interview.minutes.value:
        parts = " + ".join(show(interview.steps[step]) for step in STEPS if step in minutes)
        yield Finding(
            interview.key_at("steps"),
            f"the steps take {parts} = {show(count(total))} minutes of an interview of {show(interview.minutes)}",
            f"{'cut' if total > interview.minutes.value else 'give out'} "
            f"{show(count(abs(total - interview.minutes.value)))} minutes",
            (Note(f"the interview: {show(interview.minutes)} minutes", interview.at("minutes")),),
        )
    if interview.minutes is None and len(minutes) < len(STEPS):
        return
    whole = interview.minutes.value if interview.minutes is not None else total
    for steps, usual, off, name in _SHARES:
        if all(step in minutes for step in steps) and whole:
            yield from _share(facts, steps, Fraction(usual) * whole / WHOLE, Fraction(off) * whole / WHOLE, name)


def _share(facts: Facts, steps: tuple[str, ...], usual: Fraction, off: Fraction, name: str) -> Iterator[Finding]:
    interview = facts.blueprint.interview
    given = sum(interview.steps[step].value for step in steps)
    if abs(given - usual) <= off:
        return
    many = "many" if given > usual else "few"
    notes = tuple(Note(f"{step}: {show(interview.steps[step])}", interview.at("steps", step)) for step in steps)
    about = show(count(round(usual)))
    said = f"{show(count(given))} minutes for {name} are {many}: about {about} suit an interview of this length"
    hint = f"aim for {about} minutes, and take them {'to' if many == 'many' else 'from'} the steps in between"
    yield Finding(interview.at("steps", steps[0]), said, hint, notes if len(notes) > 1 else ())
