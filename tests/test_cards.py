"""Cards: what is asked has its answer, covers lie on what they hide, and an Anki package updates an earlier one."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from shell import Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

import archkit
from archkit.cards import Card, cards
from archkit.cards.anki import Part, package
from archkit.drawing import Group, Shape
from archkit.library import blueprints
from archkit.picture import GraphFigure
from archkit.render.pdf import MissingPackageError

TEXT = """\
blueprint: 1
title: Photo search
requirements: {scale: {daily_active_users: 1M, requests_per_user_per_day: 10, peak_factor: 3}}
framing: {objectives: {relevance: {chosen: true, because: it is what people come for}, clicks: {rejected: bait}}}
data:
  labels: {graded: {positive: graded 3 or more, negative: graded lower}}
  leakage: {copies: {risk: a copy in training, guard: duplicates removed}}
model:
  options: {tags: {baseline: true, cons: [slow to write]}, encoder: {chosen: true, because: finds all}}
  models: {encoder: {loss: contrastive, heads: {like: {loss: binary cross-entropy, weight: 2}}}}
evaluation: {offline: {ndcg@10: {predicts: clicks_on_results}}, online: {clicks_on_results: {goal: true}},
  guardrails: {p99_latency: {max: 200 ms}}}
serving: {cold_start: {item: its pixels}, rollback: {to: previous version, trigger: guardrail}, fallback: [cache]}
decisions: {index: {question: Which index?, options: {exact: {cons: [too slow]}, ivf: {}}, chosen: ivf,
  because: it fits}}
architecture:
  lanes: {inference: {user: user, gateway: api_gateway, ann: {type: ann_index, title: <Index>, in: 1B, out: 100}}}
  flows: [user -> gateway: photo, gateway -> ann: vector, ann -> user]
"""


def made(text: str = TEXT, name: str = "photo") -> list[Card]:
    document = archkit.loads(text)
    assert not document.broken, document.diagnostics
    return list(cards(document, name))


def notes(data: bytes, folder: Path) -> list[tuple[Any, ...]]:
    """Return the notes of a package: guid, tags, fields."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    try:
        return connection.execute("select guid, tags, flds, mod from notes order by guid").fetchall()
    finally:
        connection.close()


def test_every_kind_of_card_is_made() -> None:
    found = made()
    assert {card.kind for card in found} == {
        "component", "arrow", "objective", "label", "leak", "loss", "decision", "metric", "funnel", "number", "serving",
    }  # fmt: skip
    by_id = {card.id: card for card in found}
    assert len(by_id) == len(found)
    assert by_id["photo/loss/encoder"].back[0] == "contrastive"
    assert by_id["photo/loss/encoder.like"].back[-1] == "its weight is 2"
    assert by_id["photo/objective/relevance"].back == (
        "Relevance, because it is what people come for",
        "Not clicks: bait",
    )
    assert by_id["photo/decision/index"].back == ("IVF, because it fits", "Not Exact: too slow")
    assert by_id["photo/metric/ndcg@10"].back == ("clicks on results",)
    assert by_id["photo/funnel/ann"].back == ("100",)
    assert by_id["photo/number/traffic.peak_qps"].back[0] == "347/s"
    assert by_id["photo/component/ann"].back[0] == "<Index>"
    assert by_id["photo/arrow/gateway>ann:sync"].back == ("vector",)


def test_a_sketch_has_cards_of_its_figure_alone() -> None:
    found = made("blueprint: 1\ntitle: X\narchitecture: {flows: [a -> b: words]}\n")
    assert Counter(card.kind for card in found) == {"component": 2, "arrow": 1}
    assert made("blueprint: 1\ntitle: X\n") == []


def test_a_question_does_not_give_its_answer_away() -> None:
    for card in made():
        if card.kind in ("component", "arrow"):
            assert card.back[0].lower() not in card.front.lower().removeprefix("photo search: ").split(" to ")[0]


def test_covers_lie_on_what_they_hide() -> None:
    view = archkit.loads(TEXT).figure("system")
    assert isinstance(view.figure, GraphFigure)
    drawn = {
        item.get("id"): next(part.box for part in item.items if isinstance(part, Shape) and part.role == "outline")
        for item, _ in view.drawing.walk()
        if isinstance(item, Group) and item.kind == "node"
    }
    masks = {card.mask.of: card.mask.box for card in made() if card.mask is not None and card.kind == "component"}
    assert masks.keys() == drawn.keys()
    for id_, box in drawn.items():
        share = masks[id_]
        assert (share.x * view.drawing.width, share.width * view.drawing.width) == pytest.approx((box.x, box.width))
        assert share.y * view.drawing.height == pytest.approx(box.y)


@pytest.mark.parametrize("name", ["video-recommendation", "harmful-content-detection"])
def test_cards_of_real_systems(name: str) -> None:
    found = list(cards(archkit.load(blueprints()[name]), name))
    assert len({card.id for card in found}) == len(found) > 60
    assert all(card.front and card.back and all(card.back) for card in found)
    for card in found:
        if card.mask is not None:
            box = card.mask.box
            assert 0 <= box.x < box.right <= 1 and 0 <= box.y < box.bottom <= 1


# packages


def part(text: str = TEXT) -> Part:
    return Part("photo", "Photo <search>", made(text), {"system": b"\x89PNG"})


def test_a_package_has_notes_pictures_and_stable_ids(tmp_path: Path) -> None:
    found = notes(package([part()], 1000.0), tmp_path)
    assert len(found) == len(part().cards)
    with zipfile.ZipFile(io.BytesIO(package([part()], 1000.0))) as archive:
        media = json.loads(archive.read("media"))
        assert media == {"0": "archkit-photo-system.png"} and archive.read("0") == b"\x89PNG"
    fields = [row[2] for row in found]
    assert all("<Index>" not in each for each in fields) and any("&lt;Index&gt;" in each for each in fields)
    assert any(
        re.search(r'class="mask" style="left:[\d.]+%;top:[\d.]+%;width:[\d.]+%;height:[\d.]+%"', f) for f in fields
    )


def test_a_later_package_updates_the_notes_of_an_earlier_one(tmp_path: Path) -> None:
    before = notes(package([part()], 1000.0), tmp_path)
    after = notes(
        package([part(TEXT.replace("contrastive", "triplet").replace("it fits", "it is small"))], 2000.0), tmp_path
    )
    assert [row[0] for row in before] == [row[0] for row in after]
    assert all(row[3] == 1000 for row in before) and all(row[3] == 2000 for row in after)
    assert sum(one[2] != two[2] for one, two in zip(before, after, strict=True)) == 2


def test_the_same_cards_are_the_same_bytes() -> None:
    assert package([part()], 1000.0) == package([part()], 1000.0)


def test_the_archive_is_the_same_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    here = package([part()], 1000.0)
    monkeypatch.setattr(sys, "platform", "win32")
    assert package([part()], 1000.0) == here


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'archkit\[cards\]'"):
        package([part()], 0.0)


# the command


@pytest.mark.usefixtures("in_folder")
def test_the_command_writes_a_deck(capsys: Out, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    put("photo.yaml", TEXT)
    code, out, err = run(capsys, "cards", "photo.yaml", "-o", "deck.apkg")
    assert (code, out) == (0, "deck.apkg\n") and "cards of 1 blueprint" in err
    rows = notes(Path("deck.apkg").read_bytes(), tmp_path)
    assert {row[1].strip() for row in rows} >= {"archkit photo component", "archkit photo loss"}
    code, _, _ = run(capsys, "cards", "photo.yaml", "-o", "deck.json")
    deck = json.loads(Path("deck.json").read_text("utf-8"))["decks"][0]
    assert deck["name"] == "photo" and len(deck["cards"]) == len(rows)


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["photo.yaml", "-o", "deck.pdf"], 2, "must end in .apkg or .json"),
        (["missing.yaml"], 2, "cannot read `missing.yaml`"),
        (["broken.yaml"], 1, "has errors and gives no cards"),
    ],
)
def test_slips_on_the_command_line(capsys: Out, words: list[str], code: int, message: str) -> None:
    put("photo.yaml", TEXT)
    put("broken.yaml", TEXT.replace("framing", "farming"))
    found, _, err = run(capsys, "cards", *words)
    assert (found, message in err) == (code, True), err
