"""Training on devices: the sums of its rounds, and a loop that shows what leaves a device and what does not."""

from __future__ import annotations

import pytest

import archkit
from archkit.blocks import Boxed, Link
from archkit.facts import Facts
from archkit.layout.pictures import layout_picture
from archkit.pictures import Picture, texts, walk
from archkit.proof import check
from archkit.theme import THEMES

KEYBOARD = """blueprint: 1
title: Keyboard
archetype: federated
data: {labels: {next_word: {positive: the word typed next}}}
model:
  models: {lstm: {title: Next-word model, label: next_word, loss: next-token cross-entropy}}
  training:
    cadence: 60 d
    duration: 16 d
    optimiser: DP-FTRL
    federated: FEDERATED
"""
WHOLE = (
    "{clients: 2M, clients_per_round: 5000, rounds: 1200, aggregation: secure sum, privacy: epsilon 8, "
    "when: idle and charging}"
)


def loaded(federated: str) -> archkit.Document:
    return archkit.loads(KEYBOARD.replace("FEDERATED", federated))


def sums(federated: str) -> dict[str, str]:
    blueprint = loaded(federated).blueprint
    assert blueprint is not None
    return {each.key: each.working() for each in Facts(blueprint).work.rounds}


def test_rounds_are_summed_up() -> None:
    assert sums(WHOLE) == {
        "training.round": "19.2 min = 16 d / 1200",
        "training.updates": "6,000,000 = 5000 × 1200",
        "training.turns": "3 = 5000 × 1200 / 2M",
    }


@pytest.mark.parametrize(
    ("federated", "known"),
    [
        ("{clients: 2M}", set()),
        ("{rounds: 0, clients_per_round: 5000}", set()),
        ("{rounds: 1200}", {"training.round"}),
        ("{rounds: 1200, clients_per_round: 5000}", {"training.round", "training.updates"}),
        ("{rounds: 1200, clients_per_round: 5000, clients: 0}", {"training.round", "training.updates"}),
    ],
)
def test_only_what_follows_is_summed_up(federated: str, known: set[str]) -> None:
    assert set(sums(federated)) == known


def loop(document: archkit.Document, theme: str = "book") -> Picture:
    figure = document.figure("training_loop").figure
    assert isinstance(figure, Picture)
    assert [str(flaw) for flaw in check(layout_picture(figure, THEMES[theme]), THEMES[theme], figure)] == []
    return figure


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_the_loop_of_devices_sends_updates_alone(theme: str) -> None:
    figure = loop(loaded(WHOLE), theme)
    links = {(link.tail, link.head): link.label for link in walk(figure.body) if isinstance(link, Link)}
    assert links["devices", "batch"] == "5,000 a round"
    assert links["local", "update"] == "5,000 updates"
    assert [head for tail, head in links if tail == "batch"] == ["model"]
    said = {"2M can take part", "idle and charging", "never leave it", "secure sum", "1,200 rounds", "epsilon 8"}
    assert said <= set(texts(figure.body))


def test_the_loop_of_devices_does_without_numbers() -> None:
    figure = loop(loaded("{aggregation: mean of updates}"))
    assert "some a round" in {link.label for link in walk(figure.body) if isinstance(link, Link)}


def test_collected_data_are_learned_from_in_batches() -> None:
    figure = loop(archkit.loads(KEYBOARD.replace("    federated: FEDERATED\n", "")))
    boxes = {box.id for box in walk(figure.body) if isinstance(box, Boxed)}
    assert "devices" not in boxes and {"data", "batch", "update"} <= boxes
