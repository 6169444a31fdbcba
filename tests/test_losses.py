"""Names of losses, sums of them, and which fit which task."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archkit.facts import losses
from archkit.facts.losses import KINDS, terms
from archkit.facts.losstasks import _WHY, FITS, misfit, missing_half
from archkit.facts.words import begins, listed, mentions, words
from archkit.model.framing import TASKS

TITLES = tuple(losses._TABLE)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("binary cross-entropy", ["binary cross-entropy"]),
        ("Log loss", ["binary cross-entropy"]),
        ("BCE", ["binary cross-entropy"]),
        ("sum of binary cross-entropies", ["binary cross-entropy"]),
        ("cross-entropy", ["cross-entropy"]),
        ("sparse categorical cross-entropy", ["softmax cross-entropy"]),
        ("focal loss with gamma 2", ["focal loss"]),
        ("hinge", ["hinge loss"]),
        ("triplet margin loss", ["triplet loss"]),
        ("InfoNCE", ["contrastive loss"]),
        ("softmax over similarities, then cross-entropy", ["contrastive loss", "cross-entropy"]),
        ("sampled softmax with logQ correction", ["sampled softmax"]),
        ("BPR", ["Bayesian personalised ranking"]),
        ("Bayesian Personalized Ranking", ["Bayesian personalised ranking"]),
        ("ListNet", ["listwise softmax"]),
        ("LambdaMART", ["LambdaRank"]),
        ("RankNet", ["pairwise logistic loss"]),
        ("pairwise logistic", ["pairwise logistic loss"]),
        ("pairwise hinge", ["pairwise hinge loss"]),
        ("MSE", ["mean squared error"]),
        ("squared errors", ["mean squared error"]),
        ("mean absolute error", ["mean absolute error"]),
        ("smooth L1", ["Huber loss"]),
        ("pinball loss at 0.9", ["quantile loss"]),
        ("Poisson", ["Poisson loss"]),
        ("Tweedie deviance", ["Tweedie loss"]),
        ("GIoU", ["IoU loss"]),
        ("soft Dice", ["Dice loss"]),
        ("CTC", ["CTC"]),
        ("RNN-T", ["transducer loss"]),
        ("next-token cross-entropy", ["next-token cross-entropy"]),
        ("DPO", ["direct preference optimisation"]),
        ("PPO with a KL penalty", ["policy gradient", "distillation loss", "regularisation"]),
        ("MSE between true and predicted noise", ["mean squared error", "diffusion loss"]),
        ("negative sampling log-sigmoid", ["negative sampling"]),
        ("WALS", ["weighted matrix factorisation"]),
        ("weighted matrix factorization", ["weighted matrix factorisation"]),
        ("cross-entropy + λ × smooth L1", ["cross-entropy", "Huber loss"]),
        ("focal loss + GIoU + L2 regularisation", ["focal loss", "IoU loss", "regularisation"]),
        ("BCE + BCE", ["binary cross-entropy"]),
    ],
)
def test_names_of_losses(text: str, titles: list[str]) -> None:
    found = terms(text)
    assert [loss.title for loss in found.losses] == titles
    assert found.complete


@pytest.mark.parametrize("text", ["", "house mix", "BCE + house mix", "negative log-likelihood", "msewise", "unfocal"])
def test_what_is_not_known_is_incomplete(text: str) -> None:
    assert not terms(text).complete


def test_each_name_belongs_to_one_loss_and_says_so_by_itself() -> None:
    owners: dict[str, str] = {}
    for title, (kind, others) in losses._TABLE.items():
        assert kind in KINDS
        for name in (title, *others.split(", ")):
            assert owners.setdefault(words(name), title) == title, f"{name} names two losses"
            assert [loss.title for loss in terms(name).losses] == [title], name
    assert len(owners) > 250


def test_every_task_has_its_losses() -> None:
    assert set(FITS) == set(TASKS)
    for task, fit in FITS.items():
        assert fit.kinds <= {*KINDS, *TITLES}, task
        for better in fit.better:
            assert terms(better).complete and terms(better).losses, f"{better} is no known loss"
            assert misfit(task, better) is None, f"{better} is advised for {task}, but does not fit"
        assert fit.better[0] != fit.better[1]


def test_reasons_are_about_losses_that_do_not_fit() -> None:
    for task, kind in _WHY:
        bad = [title for title, (its_kind, _names) in losses._TABLE.items() if its_kind == kind]
        assert any(misfit(task, title) for title in bad), f"the reason for {kind} with {task} is never given"


@pytest.mark.parametrize(
    ("task", "loss", "why"),
    [
        ("binary classification", "mean squared error", "amounts"),
        ("binary classification", "triplet loss", "vectors"),
        ("binary classification", "LambdaRank", "no probability"),
        ("multi-class classification", "MAE", "class 7"),
        ("multi-label classification", "softmax cross-entropy", "compete"),
        ("regression", "cross-entropy", "off by 10"),
        ("regression", "log loss", "yes and no"),
        ("regression", "BPR", "never how large"),
        ("forecasting", "binary cross-entropy", "yes and no"),
        ("object detection", "CTC", "without knowing when"),
        ("segmentation", "mean squared error", "class numbers"),
        ("speech recognition", "Dice loss", "regions"),
        ("speech recognition", "mean squared error", "tokens"),
        ("text generation", "mean squared error", "token 17"),
        ("translation", "binary cross-entropy", "yes or no"),
        ("image generation", "mean squared error", "blurred"),
        ("ranking", "IoU loss", "an order of items"),
        ("retrieval", "CTC", "nearness"),
        ("representation learning", "CTC", "like things"),
        ("link prediction", "mean squared error", "0 and 1"),
        ("clustering", "log loss", "nobody has named"),
        ("survival analysis", "mean squared error", "have none yet"),
        ("keyword spotting", "mean squared error", "0 and 1"),
        ("sequence labelling", "BPR", "tag"),
    ],
)
def test_misfits(task: str, loss: str, why: str) -> None:
    found = misfit(task, loss)
    assert found is not None and why in found.why
    assert not found.why.endswith(".") and len(found.why) < 160
    # one term that fits is enough, and a term that only keeps the model in shape is none
    assert misfit(task, f"{loss} + {found.better[0]}") is None
    assert misfit(task, f"{loss} + L2 regularisation") is not None
    assert misfit(task, f"{loss} + house mix") is None


@pytest.mark.parametrize(
    ("task", "loss"),
    [
        ("ranking", "binary cross-entropy"),
        ("ranking", "mean squared error"),
        ("ranking", "LambdaMART"),
        ("retrieval", "sampled softmax"),
        ("retrieval", "WALS"),
        ("regression", "cross-entropy over 100 bins"),
        ("regression", "weighted logistic"),
        ("multi-class classification", "binary cross-entropy"),
        ("multi-label classification", "cross-entropy"),
        ("keyword spotting", "cross-entropy"),
        ("representation learning", "mean squared error"),
        ("image generation", "MSE of the noise"),
        ("text generation", "DPO"),
        ("binary classification", "KL to the teacher"),
        ("question answering", "contrastive"),
        ("", "mean squared error"),
    ],
)
def test_fits(task: str, loss: str) -> None:
    assert misfit(task, loss) is None


def test_halves_of_a_detector() -> None:
    assert missing_half(("cross-entropy",)) == "boxes"
    assert missing_half(("smooth L1", "GIoU")) == "classes"
    assert missing_half(("focal loss", "GIoU")) == ""
    assert missing_half(("focal loss + smooth L1",)) == ""
    assert missing_half(("set prediction",)) == ""
    assert missing_half(("focal loss", "house mix")) == ""
    assert missing_half(()) == ""


LETTERS = st.text(alphabet="qxzjvwk ", max_size=30)


@given(LETTERS, st.sampled_from(TASKS))
def test_an_unknown_loss_is_never_accused(text: str, task: str) -> None:
    assert misfit(task, text) is None
    assert misfit(task, f"IoU loss + {text}") is None or not text.strip()


@given(st.sampled_from(TITLES), st.sampled_from(TITLES), st.sampled_from(TASKS))
def test_a_sum_fits_if_one_of_its_terms_does(first: str, second: str, task: str) -> None:
    both = misfit(task, f"{first} + {second}")
    if both is not None:
        assert (misfit(task, first) or first == "regularisation") and (
            misfit(task, second) or second == "regularisation"
        )
    assert (both is None) == (misfit(task, f"{second} + {first}") is None)


def test_words() -> None:
    assert words("Binary cross-entropy_Loss!") == " binary cross entropy loss "
    assert words("personalized") == words("personalised")
    assert words("") == "  "
    assert mentions("a Dice-loss", "loss", "dice") == "loss" and mentions("indices", "dice") == ""
    assert begins("recalibrated, calibrated", "calibrat") == "calibrat" and begins("recalibrated", "calibrat") == ""
    assert listed(()) == "" and listed(("a",)) == "`a`" and listed(["a", "b"], "or") == "`a` or `b`"
    assert listed(list("abcdef")) == "`a`, `b`, `c`, `d` and 2 more"
