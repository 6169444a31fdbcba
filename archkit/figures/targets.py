"""Losses of sequences, pictures, preferences, boxes and teachers → how they are computed, from the bottom up."""

from __future__ import annotations

from archkit.facts.losses import terms
from archkit.facts.words import mentions
from archkit.figures.common import inside
from archkit.figures.comparisons import Objective, Setting, against, loss_part, plain, scored
from archkit.figures.formulas import line, sum_over
from archkit.figures.stacks import Fork, Part, Series
from archkit.sentences import capital


def tokens(setting: Setting) -> Objective:
    """Compare the probabilities of each token with the token that stands there."""
    masked = bool(mentions(setting.words, "masked", "mlm", "cloze", "span corruption"))
    given = ("a", "[mask]", "c", "…", "y") if masked else ("a", "b", "c", "…", "y")
    wanted = ("b",) if masked else ("b", "c", "d", "…", "z")
    truth = "the hidden tokens" if masked else "the same text, one token later"
    read = Part("text with hidden tokens" if masked else "text so far", given, look="strip", apart=True)
    model = Part(setting.model.name, ("a logit for each token",), measure=16)
    main: Series = (read, model, Part("Softmax over the vocabulary, at each place", look="bar", measure=26))
    labels = Part(truth, wanted, look="strip", apart=True)
    only = ("only the answer's tokens count",) if mentions(setting.words, "answer", "answers", "completion") else ()
    top = Part("Cross-entropy, mean over tokens", only, look="bar", measure=26)
    where = "hidden tokens" if masked else "tokens t"
    given_ = "the rest" if masked else "tokens before t"
    formula = line("loss = −", sum_over(where), f"log p(token | {given_})")
    return Objective((Fork((main, (labels,)), 2.4), top, loss_part()), formula)


def alignment(setting: Setting) -> Objective:
    """Add up all ways to place the symbols on the frames: Graves et al., CTC (2006)."""
    frames = Part("frames", ("1", "2", "…", "T"), look="strip", apart=True)
    model = Part(setting.model.name, measure=16)
    shares = Part("Softmax over symbols and blank, for each frame", look="bar", measure=26)
    truth = Part("symbols, without times", ("c", "a", "t"), look="strip", apart=True)
    top = Part("Add up the probability of all alignments", ("blanks and repeats taken out",), look="bar", measure=26)
    series: Series = (Fork(((frames, model, shares), (truth,)), 2.4), top, loss_part())
    formula = line("loss = − log", sum_over("alignments"), "product of p(symbol or blank) over frames")
    return Objective(series, formula)


def transducer(setting: Setting) -> Objective:
    """Add up all ways through frames and symbols: Graves, Sequence Transduction with Recurrent Neural Networks (2012).

    Unlike in CTC, what comes next also depends on the symbols so far, and repeated symbols stay: a blank alone moves on
    to the next frame (section 2).
    """
    frames = Part("frames", ("1", "2", "…", "T"), look="strip", apart=True)
    before = Part("symbols so far", ("", "c", "a"), look="strip", apart=True)
    read = Part("Encoder", ("a vector for each frame",), measure=11)
    wrote = Part("Prediction network", ("a vector for each symbol so far",), measure=11)
    both: Series = (
        Fork(((frames, read), (before, wrote)), 2.0),
        Part("Joint network", (f"of {inside(setting.model.name)}",), measure=16),
        Part("Softmax over symbols and blank, for each frame and symbol so far", look="bar", measure=26),
    )
    truth = Part("symbols, without times", ("c", "a", "t"), look="strip", apart=True)
    top = Part(
        "Add up the probability of all alignments", ("a blank moves on to the next frame",), look="bar", measure=26
    )
    formula = line("loss = − log", sum_over("alignments"), "product of p(symbol or blank | frame, symbols so far)")
    return Objective((Fork((both, (truth,)), 2.4), top, loss_part()), formula)


def preference(setting: Setting) -> Objective:
    """Prefer one answer to another: Rafailov et al., DPO (2023), equation 7; Bradley and Terry (1952) for rewards."""
    named = next(loss.title for loss in terms(setting.words).losses if loss.kind == "policy")
    if named not in ("direct preference optimisation", "reward model loss"):
        return _policy(setting)
    direct = named == "direct preference optimisation"
    beta = setting.number("beta", "β") or "β"
    ways: list[Series] = []
    for name in ("Preferred answer", "Other answer"):
        answer = Part(name, ("to the same prompt",), look="input", apart=True, measure=11)
        if direct:
            policy, base = (
                Part("Policy", ("log p of the answer",)),
                Part("Start", ("log p of the answer",), frozen=True),
            )
            ways.append(
                (answer, Part("both read it", look="bar"), Fork(((policy,), (base,))), Part("Difference", look="bar"))
            )
        else:
            ways.append(
                (answer, Part("Reward model", ("one number",)), Part("r +" if not ways else "r −", look="cell"))
            )
    gap = f"β = {beta}" if beta != "β" else ""
    bar = Part("Difference of both", (gap,) if direct and gap else (), look="bar", measure=24)
    series: Series = (Fork(tuple(ways), 2.4), bar, Part("− log sigmoid", look="bar"), loss_part())
    said = "loss = − log σ(β (preferred − other)), of log(policy / start)" if direct else "loss = − log σ(r+ − r−)"
    return Objective(series, line(said))


def _policy(setting: Setting) -> Objective:
    """Return actions that are made likelier by how they were rewarded."""
    model = Part(setting.model.name, ("the policy",), measure=16)
    main: Series = (
        model,
        Part("Sampled actions or answers", look="bar", measure=18),
        Part("log p of each", look="cell", measure=9),
    )
    reward = Part("reward", ("of each",), look="cell", apart=True, measure=9)
    top = Part("Log probability × reward above the usual", look="bar", measure=26)
    return Objective((Fork((main, (reward,)), 2.4), top, loss_part()))


def _denoising(model: Part, *, flows: bool) -> Objective:
    """Return an example with noise in it, and what is guessed of both.

    Ho et al., Denoising Diffusion Probabilistic Models (2020), equation 14; for flows between both, Liu et al., Flow
    Straight and Fast: Learning to Generate and Transfer Data with Rectified Flow (2022), equation 1, with time from
    the example to the noise.

    Args:
        model: What guesses.
        flows: Whether it guesses the way from the example to the noise, and not the noise alone.
    """
    drawn, mixed, guessed = ("step t", "Example with the noise of step t", "ε guessed")
    truth = Part("ε", ("the noise that was added",), look="cell", apart=True, measure=9)
    formula = "loss = mean of (ε − ε guessed)²"
    if flows:
        drawn, mixed, guessed = ("time t", "(1 − t) × example + t × noise", "v guessed")
        truth = Part("v = ε − x", ("from the example to the noise",), look="cell", apart=True, measure=10)
        formula = "loss = mean of (ε − x − v guessed)²"
    ways: tuple[Series, ...] = (
        (Part("Example x" if flows else "Example", look="vector", apart=True),),
        (Part("Noise ε", look="vector", fill="lane.data", apart=True),),
        (Part(f"Random {drawn}", look="input", apart=True),),
    )
    main: Series = (Fork(ways, 1.6), Part(mixed, look="bar", measure=24), model, Part(guessed, look="cell"))
    top = Part("Mean squared error", look="bar")
    return Objective((Fork((main, (truth,)), 2.0), top, loss_part()), line(formula))


def generation(setting: Setting) -> Objective:
    """Compare what a generator makes with the noise or the data that it should make."""
    named = next(loss.title for loss in terms(setting.words).losses if loss.kind == "generation")
    model = Part(setting.model.name, measure=16)
    if named == "diffusion loss":
        return _denoising(model, flows=bool(mentions(setting.words, "flow matching", "rectified flow")))
    if named in ("reconstruction loss", "ELBO"):
        truth = Part("input", look="vector", apart=True)
        lines = ("and keep codes close to a normal distribution",) if named == "ELBO" else ()
        return against((model,), "rebuilt", truth, "Distance to the input", None, lines)
    if named == "adversarial loss":
        real: Series = (Part("Real example", look="vector", apart=True),)
        made: Series = (model, Part("Made example", look="vector"))
        judge = (Part("Discriminator", measure=18), Part("Sigmoid: real or made?", look="bar"))
        return Objective((Fork((made, real), 2.0), *judge, Part("Binary cross-entropy", look="bar"), loss_part()))
    return plain(setting)


def teacher(setting: Setting) -> Objective:
    """Compare a student's answers with a teacher's on the same examples, and with labels: Hinton et al. (2015)."""
    student: Series = (scored(setting, "the student"), Part("its answer", look="cell", measure=9))
    guide = Part(setting.teacher or "Teacher", ("the teacher",), frozen=True, measure=16)
    master: Series = (guide, Part("its answer", look="cell", measure=9))
    same = Part("The same examples", look="input", apart=True)
    series: Series = (
        same,
        Fork((student, master), 2.4),
        Part(capital(setting.words), look="bar", measure=30),
        loss_part(),
    )
    # labels count too where the loss names them: the click, plus distillation
    if setting.model.label and mentions(setting.words, *(inside(name) for name in setting.model.label_names)):
        truth = Part(setting.label, ("the label",), look="cell", apart=True, measure=9)
        series = (Fork(((same, Fork((student, master), 2.4)), (truth,)), 2.4), *series[2:])
    return Objective(series)


def overlap(setting: Setting) -> Objective:
    """Compare boxes or regions by how much they overlap."""
    named = terms(setting.words).losses[0]
    what = "region" if named.kind == "regions" else "box"
    truth = Part(f"true {what}", look="cell", apart=True, measure=9)
    if named.kind == "detection":
        top = "Match each box to a true one, then compare class and place"
        return against((scored(setting, "boxes with classes"),), "boxes", truth, top)
    formulas = {"IoU loss": "loss = 1 − overlap / union", "Dice loss": "loss = 1 − 2 × overlap / (size of both added)"}
    formula = line(formulas[named.title]) if named.title in formulas else None
    return against((scored(setting, f"a {what}"),), f"{what} found", truth, named.title, formula)


def factors(setting: Setting) -> Objective:
    """Compare products of vectors with a matrix: Hu, Koren and Volinsky (2008), equation 3."""
    query, item = setting.sides
    ways: tuple[Series, ...] = (
        (Part(f"{query} vector", look="vector"),),
        (Part(f"{capital(item)} vector", look="vector"),),
    )
    seen: Series = (Part("Cells with an entry", ("squared error",), measure=12),)
    unseen: Series = (Part("Empty cells", ("squared error with 0, of small weight",), measure=12),)
    whole = mentions(setting.words, "weighted", "wals", "als", "implicit", "unobserved")
    series: Series = (
        Fork(ways, 2.4),
        Part("Dot product for each cell of the matrix", look="bar", measure=24),
        Fork((seen, unseen) if whole else (seen,), 2.0),
        Part("Add up", look="bar"),
        loss_part(),
    )
    return Objective(series)
