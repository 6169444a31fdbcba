"""Scores that are routed: words about thresholds are read, shares and counts computed, bands placed."""

from __future__ import annotations

from fractions import Fraction

import pytest

import archkit
from archkit.blocks import Plot
from archkit.figures.confidence_router import levels_of
from archkit.pictures import Picture, texts, walk
from archkit.proof import check


def picture(entry: str, more: str = "") -> Picture:
    text = f"blueprint: 1\ntitle: Posts\n{more}figures: [{{kind: confidence_router, {entry}}}]\n"
    document = archkit.loads(text)
    assert not document.broken, document.diagnostics
    view = document.figure("confidence_router")
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    assert isinstance(view.figure, Picture)
    return view.figure


@pytest.mark.parametrize(
    ("words", "ends", "outcomes", "people"),
    [
        ("p > 0.9 removes, p > 0.6 asks a person", ["3/5", "9/10", "1"],
         ["nothing is done", "asks a person", "removes"], [False, True, False]),
        ("score above 60% is reviewed; above 95 % is blocked", ["3/5", "19/20", "1"],
         ["nothing is done", "is reviewed", "is blocked"], [False, True, False]),
        ("p ≥ 0.5 is refused", ["1/2", "1"], ["nothing is done", "is refused"], [False, False]),
        ("removal where precision is 95% on hand labels, review from there down", [], [], []),
        ("p > 0.5 blocks, p > 0.5 asks a person", [], [], []),
        ("p > 0.5", [], [], []),
        ("", [], [], []),
    ],
)  # fmt: skip
def test_words_about_thresholds_are_read(words: str, ends: list[str], outcomes: list[str], people: list[bool]) -> None:
    found = levels_of(words)
    assert [str(level.end) for level in found] == ends
    assert [level.outcome for level in found] == outcomes
    assert [level.people for level in found] == people
    assert [level.start for level in found] == [Fraction(0), *(level.end for level in found)][: len(found)]


def test_counts_follow_from_shares_and_the_volume() -> None:
    bands = (
        "bands: [{to: 0.6, outcome: kept, share: 97%}, {to: 0.9, outcome: looked at, people: true, share: 2.5%}, gone]"
    )
    scale = "requirements: {scale: {daily_active_users: 2M, requests_per_user_per_day: 10}}\n"
    said = list(texts(picture(bands, scale).body))
    assert {"97% of all", "19.4M a day", "500,000 a day", "0.5% of all", "100,000 a day"} <= set(said)
    own = list(texts(picture(f"volume: 1M / h, {bands}", scale).body))
    assert "23.3M a day" in own and "600,000 a day" in own
    alone = list(texts(picture(bands).body))
    assert "97% of all" in alone and not any("a day" in text for text in alone)


@pytest.mark.parametrize(
    ("reviewers", "verdict"), [(1000, "who can decide 400,000 a day: too few"), (2000, "800,000 a day")]
)
def test_people_are_compared_with_what_they_are_sent(reviewers: int, verdict: str) -> None:
    more = (
        "requirements: {scale: {requests_per_day: 20M}}\narchitecture: {lanes: {human: {moderators: "
        f"{{type: human_review, reviewers: {reviewers}, items_per_day: 400, flagged: 2%}}, "
        "objections: {type: appeal, reviewers: 90, items_per_day: 200, flagged_per_day: 9k}}}}\n"
    )
    figure = picture("bands: [{to: 0.6, outcome: kept}, {outcome: looked at, people: true, share: 2.5%}]", more)
    assert any(text.endswith(verdict) and text.startswith("500,000 a day") for text in texts(figure.body))


def test_bands_stand_in_proportion_unless_they_would_not_be_seen() -> None:
    wide = picture("bands: [{to: 0.6, outcome: a}, {to: 0.9, outcome: b}, c]")
    spans = next(block for block in walk(wide.body) if isinstance(block, Plot)).rows[0][1]
    assert [(span.start, span.end) for span in spans] == [(0.0, 0.6), (0.6, 0.9), (0.9, 1.0)]
    assert "drawn wider" not in wide.caption
    narrow = picture("bands: [{to: 0.9, outcome: a}, {to: 0.98, outcome: b}, {to: 0.99, outcome: c}, d]")
    spans = next(block for block in walk(narrow.body) if isinstance(block, Plot)).rows[0][1]
    assert all(span.end - span.start > 0.066 for span in spans) and spans[-1].end == 1.0
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
    assert narrow.caption.endswith("; narrow bands are drawn wider")
