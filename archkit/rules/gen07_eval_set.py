"""Written answers are judged without agreed examples, or by a judge whom nobody checks.

Where a model writes text or pictures for people, asks in `evaluation.golden_set` for its `size`, for `judge_agreement`
where a model is the judge (in the picture, an `llm_judge` whose note does not say how it is checked), and for people
who look at live answers (`human_sample`, or `evaluation.human`).

Open answers have no right one to compare with, so every change is argued from three examples of the person who made it.
A fixed set ends that. And a model that judges models prefers length, its own style and the first answer; how often it
agrees with people is the only thing that says what its marks mean.

```yaml fails
archetype: generation
evaluation: {offline: {win_rate: 60%}}
```

```yaml passes
archetype: generation
evaluation:
  offline: {win_rate: 60%}
  golden_set: {size: 500, judge: a language model with a rubric, judge_agreement: 88%, human_sample: 1%}
```

Source: L. Zheng and others, "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena" (2023); own judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from archkit.diagnostics import Severity
from archkit.facts import Facts
from archkit.facts.words import begins, mentions
from archkit.rules import Finding

SEVERITY = Severity.WARNING
STEP = "evaluation"
PROFILES = ("interview", "production")

_TASKS = frozenset(("text generation", "image generation", "question answering", "summarisation"))
_CHECKED = ("agree", "calibrat", "kappa", "people", "human", "expert", "rater")
_MODELS = ("language model", "llm", "model", "judge model", "gpt", "vlm")


def applies(facts: Facts) -> bool:
    """Judge evaluations of what a model writes for people."""
    evaluation, task = facts.blueprint.evaluation, facts.blueprint.framing.task
    writes = facts.scope.generative or (not facts.scope.archetypes and task in _TASKS)
    return bool(evaluation) and evaluation.whole() and writes and not facts.scope.on_device


def _judges(facts: Facts) -> Iterator[Finding]:
    """Report judges that stand in the picture alone, and are compared with nobody."""
    for id_ in facts.graph.components:
        judge = facts.graph.components[id_]
        if judge.type == "llm_judge" and not judge.guessed and not begins(judge.note, *_CHECKED):
            message = f"the judge, `{id_}`, is compared with nobody"
            hint = "let people judge some answers too, and write `golden_set: {judge_agreement: 88%}`"
            yield Finding(judge.place, message, hint)


def check(facts: Facts) -> Iterator[Finding]:
    """Report a missing set, a judge that nobody checks, and answers that no person sees."""
    evaluation = facts.blueprint.evaluation
    golden = evaluation.golden_set
    if not golden.whole():
        return
    where = evaluation.key_at("golden_set")
    if not golden.has("size") and not facts.graph.with_role("eval_set"):
        hint = "write `golden_set: {size: 500, source: real questions, answered by experts}`"
        yield Finding(where, "there are no examples with agreed answers to judge by", hint)
    automatic = begins(golden.judge, *_MODELS) or mentions(golden.judge, "ai")
    if automatic and not golden.has("judge_agreement"):
        message = f"the judge, {golden.judge}, is compared with nobody"
        hint = "let people judge some answers too, and write `judge_agreement: 88%`"
        yield Finding(golden.at("judge"), message, hint)
    elif not golden.has("judge_agreement") and not golden.judge:
        yield from _judges(facts)
    reviewed = evaluation.has("human") or golden.has("human_sample") or bool(facts.graph.with_role("reviewer"))
    if not reviewed:
        hint = "write `human_sample: 1%` in `golden_set`, or `human:` and who looks at how many"
        yield Finding(where, "no person ever looks at live answers", hint)
