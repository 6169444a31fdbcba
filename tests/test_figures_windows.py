"""Windows that slide: what is inside, what is put out, and how training windows follow each other."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archkit
from archkit.blocks import Plot
from archkit.figures.sliding_window import emitted
from archkit.model.authored.sliding_window import Event, SlidingWindowFigure
from archkit.pictures import Picture, texts, walk
from archkit.proof import check

EVENTS = "events: [[1, 3], [4, 5], [7, 2], [12, 8]]"


def picture(text: str, name: str = "sliding_window") -> Picture:
    document = archkit.loads(f"blueprint: 1\ntitle: Views\n{text}\n")
    assert not document.broken, document.diagnostics
    view = document.figure(name)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    assert isinstance(view.figure, Picture)
    return view.figure


def stream(entry: str) -> Picture:
    return picture(f"figures: [{{kind: sliding_window, {entry}}}]")


def plot_of(figure: Picture) -> Plot:
    return next(block for block in walk(figure.body) if isinstance(block, Plot))


@pytest.mark.parametrize(
    ("aggregate", "put_out"),
    [
        ("count", ["3", "2", "1"]),
        ("sum", ["3 + 5 + 2 = 10", "2 + 8 = 10", "8"]),
        ("mean", ["3 + 5 + 2 3 ≈ 3.333", "2 + 8 2 = 5", "8 1 = 8"]),
        ("max", ["5", "8", "8"]),
        ("min", ["2", "2", "8"]),
        ("last", ["2", "8", "8"]),
    ],
)
def test_a_window_puts_out_what_is_made_of_the_events_inside(aggregate: str, put_out: list[str]) -> None:
    plot = plot_of(stream(f"window: 10 min, slide: 5 min, aggregate: {aggregate}, {EVENTS}"))
    assert [" ".join(texts(note)) for _, _, note in plot.rows] == put_out
    assert [" ".join(texts(label)) for label, _, _ in plot.rows] == ["0 to 10 min", "5 to 15 min", "10 to 20 min"]
    assert [(span.start, span.end) for _, (span,), _ in plot.rows] == [(0, 0.5), (0.25, 0.75), (0.5, 1)]


def test_windows_without_events_put_out_nothing() -> None:
    assert list(texts(emitted("sum", ()))) == ["0"]
    assert list(texts(emitted("mean", ()))) == ["nothing"]
    assert list(texts(emitted("count", ()))) == ["0"]


def test_an_event_at_the_border_belongs_to_the_later_window() -> None:
    plot = plot_of(stream("window: 10 min, events: [10, 19, 20]"))
    assert [" ".join(texts(note)) for _, _, note in plot.rows] == ["0", "2", "1"]


@pytest.mark.parametrize(
    ("size", "caption", "told"),
    [
        ("window: 10 min", "windows of 10 min that tumble", "Every event counts once."),
        ("window: 10 min, slide: 4 min", "windows of 10 min that slide by 4 min", "counts in 2 or 3 windows."),
        (
            "window: 1 min, slide: 2 min",
            "windows of 1 min that leave gaps",
            "Events between windows are never counted.",
        ),
        ("window: 120 s", "windows of 2 min that tumble", "Every event counts once."),
    ],
)
def test_how_windows_follow_each_other_is_said(size: str, caption: str, told: str) -> None:
    figure = stream(f"{size}, {EVENTS}")
    assert figure.caption == f"Views: {caption}"
    assert any(text.endswith(told) for text in texts(figure.body))


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=12, unique=True).map(sorted),
    st.integers(1, 10),
    st.integers(1, 4),
)
def test_in_full_swing_every_event_counts_equally_often(times: list[int], step: int, windows: int) -> None:
    events = ", ".join(map(str, times))
    text = f"blueprint: 1\ntitle: T\nfigures: [{{kind: sliding_window, unit: s, window: {step * windows} s, "
    blueprint = archkit.loads(f"{text}slide: {step} s, events: [{events}]}}]\n").blueprint
    assert blueprint is not None
    spec = blueprint.figures[0]
    assert isinstance(spec, SlidingWindowFigure)
    for time in times:
        inside = [start for start in spec.starts if Event(Fraction(time), Fraction(1)) in spec.inside(start)]
        assert len(inside) == min(windows, time // step + 1)


TRAINED = """\
data: {split: {by: time, train: 30 d, gap: 1 d, validation: 2 d, test: 2 d}}
model:
  training:
    {window: 30 d, cadence: 1 d, duration: 6 h, evaluation_duration: 1 h, deploy_duration: 5 h, models: [ranker]}
  models: {ranker: {loss: log loss}}
  trainings:
    rare: {window: 7 d, cadence: 14 d}
    stream: {window: 15 min, cadence: 5 min}
    whole: {window: 7 d, cadence: 7 d, duration: 1 d}
figures: [{kind: sliding_window, of: rare}, {kind: sliding_window, of: stream}, {kind: sliding_window, of: whole},
  sliding_window]
"""


def test_the_wait_for_labels_makes_training_data_older() -> None:
    training = "{window: 15 min, cadence: 15 min, watermark: 10 min, duration: 10 min}"
    said = list(texts(picture(f"model: {{training: {training}}}\nfigures: [sliding_window]\n").body))
    assert "wait for labels 10 min" in said
    assert "when a model is replaced, its newest training data are 35 min old" in said


def test_the_last_test_day_waits_for_its_labels_though_there_is_a_gap() -> None:
    split = "{by: time, gap: 9 d, validation: 2 d, test: 2 d}"
    training = "{window: 60 d, cadence: 7 d, watermark: 9 d, duration: 1 d}"
    figure = picture(f"data: {{split: {split}}}\nmodel: {{training: {training}}}\nfigures: [sliding_window]\n")
    said = list(texts(figure.body))
    parts = ["gap 9 d", "validation 2 d", "test 2 d", "wait for labels 9 d", "training and rollout 24 h"]
    assert [text for text in said if text in parts] == parts
    # nine days of waiting, one of training, seven in service; nine, two and two held out
    aged = "when a model is replaced, its newest training data are 17 d old"
    assert f"{aged}, and 13 d more where held-out data are never trained on" in said


def test_training_windows_move_on_by_the_cadence() -> None:
    figure = picture(TRAINED)
    rows = plot_of(figure).rows
    shifts = {round(later[0].start - row[0].start, 9) for (_, row, _), (_, later, _) in pairwise(rows)}
    served = rows[0][1][-1]
    assert shifts == {round(served.end - served.start, 9)}, "the next model comes when this one has served its period"
    assert [span.cut for span in rows[0][1]] == [True, False, False, False, False, False]
    said = list(texts(figure.body))
    assert "96.7% of a window was in the one before" in said
    assert {
        "window of training data 30 d",
        "gap 1 d",
        "training and rollout 12 h",
        "serves until the next one 1 d",
    } <= {*said}
    # half a day until it serves, a day in service; 1 + 2 + 2 days held out
    aged = "when a model is replaced, its newest training data are 36 h old, and 5 d more where held-out data are never"
    assert f"{aged} trained on" in said
    assert figure.caption == "Views: the training window of ranker moves on by 1 d"


def test_each_training_has_its_own_windows() -> None:
    rare = list(texts(picture(TRAINED, "sliding_window_rare").body))
    assert "7 d of data between two windows are never used" in rare and "gap 1 d" in rare
    streamed = list(texts(picture(TRAINED, "sliding_window_stream").body))
    assert "66.7% of a window was in the one before" in streamed
    assert not any(text.startswith(("gap", "validation")) for text in streamed), "five days are not held out of minutes"
    whole = list(texts(picture(TRAINED, "sliding_window_whole").body))
    assert "every example is in one window only" in whole and "training and rollout 24 h" in whole


def test_a_split_by_share_is_no_stretch_of_time() -> None:
    text = "data: {split: {train: 80%, validation: 10%, test: 10%}}\nmodel: {training: {window: 30 d, cadence: 1 d}}"
    assert not any(said.startswith("validation") for said in texts(picture(text).body))
