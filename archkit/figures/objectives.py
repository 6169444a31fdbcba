"""Losses that compare scores with labels, or vectors with each other → how they are computed, from the bottom up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from archkit.blocks import Block
from archkit.facts.losses import terms
from archkit.facts.words import mentions
from archkit.figures.common import inside
from archkit.figures.comparisons import Objective, Setting, against, loss_part, scored
from archkit.figures.formulas import line, over, sum_over
from archkit.figures.stacks import Fork, Part, Series
from archkit.sentences import capital

_WIDE = 7.6  # of columns that stand above each other


def _items(setting: Setting, make: Callable[[str, str], Part]) -> tuple[Series, ...]:
    """Return a part for the positive, two negatives and the last one, with dots before it where there are more."""
    last = setting.negatives
    ways: list[Series] = [(make("+", "positive"),), (make("1", "negative 1"),)]
    if last == "1":
        return tuple(ways)
    if last != "2":
        ways.append((Part("…", look="dots"),))
    return (*ways, (make("n" if len(last) > 2 else last, f"negative {last}"),))


def _none() -> Series:
    return (Part("", look="dots", wide=_WIDE),)


def softmax_over_items(setting: Setting) -> Objective:
    """Contrast one positive with n negatives: van den Oord et al., Contrastive Predictive Coding (2018).

    With a correction for how often an item is drawn it is the sampled softmax: Bengio and Senécal (2008).
    """
    query, item = setting.sides
    vectors = _items(setting, lambda _, name: Part(f"{capital(name)}", (item,), look="vector", wide=_WIDE, measure=7.0))
    scores = _items(setting, lambda sign, _: Part(f"s {sign}", look="cell", wide=_WIDE))
    shares = _items(setting, lambda sign, _: Part(f"p {sign}", look="cell", wide=_WIDE))
    asked: Series = (Part(query, look="vector", wide=_WIDE, fill="lane.data"),)
    heat = setting.number("temperature", "tau", "τ")
    lines = [f"scores divided by a temperature of {heat}"] if heat else []
    if mentions(f"{setting.sampling.correction}", "logq", "log q", "correction", "corrected", "subtracted"):
        lines.append("log of each item's chance to be drawn subtracted")
    similarity = re.split(r",| divided", setting.model.similarity)[0] or "dot product"
    labels = ("1", "0") if len(scores) == 2 else ("1", "0", "…", "0")
    main: Series = (
        Fork((asked, *vectors)),
        Part(f"{capital(similarity)} of {inside(query)} and each {item}", look="bar", measure=34),
        Fork((_none(), *scores)),
        Part("Softmax", tuple(lines), look="bar", measure=34),
        Fork((_none(), *shares)),
    )
    row: Series = (Part("labels", labels, look="strip", apart=True),)
    series = (Fork((main, row), 1.6), Part("Cross-entropy", look="bar"), loss_part())
    scale = " / τ" if heat else ""
    formula = line(
        "loss = − log", over(f"exp(s+{scale})", line("exp(s+" + scale + ") +", sum_over("negatives"), f"exp(s{scale})"))
    )
    return Objective(series, formula)


def negative_sampling(setting: Setting) -> Objective:
    """Tell one true neighbour from n random items, each by itself: Mikolov et al. (2013), equation 4."""
    query, item = setting.sides
    vectors = _items(setting, lambda _, name: Part(capital(name), (item,), look="vector", wide=_WIDE, measure=7.0))
    shares = _items(setting, lambda sign, _: Part(f"p {sign}", look="cell", wide=_WIDE))
    asked: Series = (Part(query, look="vector", wide=_WIDE, fill="lane.data"),)
    labels = ("1", "0") if len(shares) == 2 else ("1", "0", "…", "0")
    main: Series = (
        Fork((asked, *vectors)),
        Part(f"Dot product of {inside(query)} and each {item}, then sigmoid", look="bar", measure=34),
        Fork((_none(), *shares)),
    )
    row: Series = (Part("labels", labels, look="strip", apart=True),)
    series = (
        Fork((main, row), 1.6),
        Part("Binary cross-entropy of each, added up", look="bar", measure=30),
        loss_part(),
    )
    return Objective(series, line("loss = − log σ(s+) −", sum_over("negatives"), "log σ(−s)"))


def triplet(setting: Setting) -> Objective:
    """Keep the positive nearer than the negative by a margin: Schroff et al., FaceNet (2015), equation 3."""
    one, _ = setting.sides
    margin = setting.number("margin")
    said = f"margin of {margin}" if margin else "a margin"
    ways: tuple[Series, ...] = (
        (Part("Positive", (one,), look="vector"),),
        (Part("Anchor", (one,), look="vector", fill="lane.data"),),
        (Part("Negative", (one,), look="vector"),),
    )
    both: tuple[Series, ...] = (
        (Part("d +", ("anchor to positive",), look="cell", measure=9),),
        (Part("d −", ("anchor to negative",), look="cell", measure=9),),
    )
    named = re.split(r",| divided", setting.model.similarity)[0]
    compare = f"Distance, from {named}" if named and "distance" not in named else capital(named or "distance")
    series: Series = (
        Fork(ways, 2.0),
        Part(compare, look="bar"),
        Fork(both, 2.0),
        Part("Only what lacks counts", (f"positive nearer by {said}",), look="bar", measure=24),
        loss_part(),
    )
    return Objective(series, line(f"loss = max(0, d+ − d− + {margin or 'margin'})"))


def binary(setting: Setting) -> Objective:
    """Compare a probability with 1 or 0."""
    label = Part(f"{setting.label}: 1 or 0", look="cell", apart=True, measure=11)
    low = (scored(setting, "a logit z"), Part("Sigmoid", look="bar"))
    formula: Block = line("loss = − y log p − (1 − y) log(1 − p)")
    lines: tuple[str, ...] = ()
    title = "Binary cross-entropy"
    if mentions(setting.words, "focal"):
        gamma, alpha = setting.number("gamma"), setting.number("alpha")
        title, lines = "Focal loss", ("easy examples count less",)
        name = f"{gamma or 'γ'}"
        formula = line(f"loss = − {alpha or 'α'} (1 − p of the truth) ^ {name} · log(p of the truth)")
    elif mentions(setting.words, "weighted"):
        lines = ("examples are weighted",)
    return against(low, "p", label, title, formula, lines)


def classes(setting: Setting) -> Objective:
    """Compare the probabilities of classes with the true one."""
    labels = Part("the true class", ("0", "1", "…", "0"), look="strip", apart=True)
    shares = Part("probability of each class", ("p 1", "p 2", "…", "p k"), look="strip")
    series: Series = (
        Fork(((scored(setting, "a logit for each class"), Part("Softmax", look="bar"), shares), (labels,)), 2.4),
        Part("Cross-entropy", look="bar"),
        loss_part(),
    )
    return Objective(series, line("loss = − log(p of the true class)"))


def amount(setting: Setting) -> Objective:
    """Compare a number with the true one."""
    named = next((loss for loss in terms(setting.words).losses if loss.kind == "amounts"), None)
    title = named.title if named else "distance"
    label = Part("y", (setting.label,), look="cell", apart=True, measure=11)
    delta = setting.number("delta") or "δ"
    formulas: Mapping[str, str] = {
        "mean squared error": "loss = mean of (prediction − y)²",
        "mean absolute error": "loss = mean of |prediction − y|",
        "Huber loss": f"loss = ½ e² where |e| < {delta}, else {delta} (|e| − ½ {delta}), with e = prediction − y",
        "quantile loss": "loss = max(q e, (q − 1) e) for each quantile q, with e = y − prediction",
        "Poisson loss": "loss = prediction − y log(prediction)",
        "percentage error": "loss = mean of |prediction − y| / |y|",
        "squared logarithmic error": "loss = mean of (log(1 + prediction) − log(1 + y))²",
    }
    formula = line(formulas[title]) if title in formulas else None
    return against((scored(setting),), "prediction", label, capital(title), formula)


def pair(setting: Setting) -> Objective:
    """Compare two items by their scores: Burges et al., RankNet (2005); Rendle et al., BPR (2009)."""
    named = terms(setting.words).losses[0].title
    ways: tuple[Series, ...] = (
        (Part("Preferred item", look="input", apart=True), Part("s +", ("its score",), look="cell", measure=9)),
        (Part("Other item", look="input", apart=True), Part("s −", ("its score",), look="cell", measure=9)),
    )
    hinge = "hinge" in named
    bar = f"margin of {setting.number('margin') or 1} not kept" if hinge else "− log sigmoid"
    lines = ("weighted by what swapping both would change in nDCG",) if named == "LambdaRank" else ()
    series: Series = (
        Fork(ways, 2.4),
        Part("Difference s+ − s−", look="bar"),
        Part(capital(bar), lines, look="bar", measure=24),
        loss_part(),
    )
    margin = setting.number("margin") or "margin"
    said = f"loss = max(0, {margin} − (s+ − s−))" if hinge else "loss = − log σ(s+ − s−)"
    return Objective(series, line(said))


def listwise(setting: Setting) -> Objective:
    """Compare the softmax of all scores of a list with its relevance: Cao et al., ListNet (2007)."""
    scores = Part("scores of one list", ("s 1", "s 2", "…", "s n"), look="strip")
    labels = Part("relevance in the same order", ("1", "0", "…", "0"), look="strip", apart=True)
    main: Series = (scored(setting, "a score for each item"), scores, Part("Softmax over the list", look="bar"))
    return Objective((Fork((main, (labels,)), 2.0), Part("Cross-entropy", look="bar"), loss_part()))
