"""Figures about data, options and products: what they show follows from what is written, odd data too."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import archkit
from archkit.blocks import Block, Boxed, Cells, Grid, Number, Words
from archkit.document import Document
from archkit.figures.composition import _depth, _late
from archkit.figures.feature_preparation import subjects
from archkit.figures.taxonomy import Approach, tree
from archkit.pictures import Picture, texts, walk
from archkit.planes import Plane
from archkit.proof import check

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "blueprints").glob("*.yaml"))
HEAD = "blueprint: 1\ntitle: T\n"


def drawn(text: str, name: str, theme: str = "book") -> Picture:
    document = archkit.loads(HEAD + text)
    assert not document.broken, document.diagnostics
    view = document.figure(name, theme=theme)
    assert isinstance(view.figure, Picture)
    assert [str(flaw) for flaw in check(view.drawing, view.theme, view.figure)] == []
    return view.figure


def said(picture: Picture) -> list[str]:
    return list(texts(picture.body))


# feature preparation


def features(inner: str, more: str = "") -> str:
    return f"data:\n  features:\n    user: {{{inner}}}\n{more}"


def test_vectors_are_joined_to_one_of_known_length() -> None:
    text = features("a: {type: id, transform: embedding, dim: 32}, b: {type: numeric, transform: log}, "
                    "c: {type: time, transform: sine and cosine}",
                    "model: {models: {ranker: {inputs: user}}}\n")  # fmt: skip
    picture = drawn(text, "feature_preparation")
    assert "35 numbers" in said(picture) and "read by ranker" in said(picture)
    assert {arrow.head for arrow in picture.edges} >= {"joined0"}
    assert sum(arrow.head == "joined0" for arrow in picture.edges) == 3


def test_models_that_read_a_part_of_a_vector_are_told_apart() -> None:
    models = "model: {models: {ranker: {inputs: user}, tree: {inputs: [user.b]}, tower: {towers: {q: [a]}}}}\n"
    inner = "a: {type: id, transform: embedding, dim: 32}, b: {type: numeric, transform: log}"
    assert "read by ranker, in part by tree and tower" in said(drawn(features(inner, models), "feature_preparation"))
    alone = models.replace("inputs: user}", "role: none}")
    assert "read in part by tree and tower" in said(drawn(features(inner, alone), "feature_preparation"))


def test_lengths_that_nobody_gives_are_not_made_up() -> None:
    picture = drawn(features("a: {type: id, transform: embedding}, b: {type: numeric, transform: log}"),
                    "feature_preparation")  # fmt: skip
    assert "1 number and the vector of A" in said(picture)


def test_what_is_no_vector_is_not_joined() -> None:
    text = features("a: {type: text, transform: inverted index}, b: {type: numeric, transform: log}, "
                    "c: {type: boolean, transform: as it is}")  # fmt: skip
    picture = drawn(text, "feature_preparation")
    assert sorted(arrow.tail for arrow in picture.edges if arrow.head == "joined0") == ["b.end", "c.end"]
    assert "terms in an index" in said(picture)
    alone = drawn(features("a: {type: numeric, transform: log}"), "feature_preparation")
    assert "Concatenation" not in said(alone)


@pytest.mark.parametrize(
    ("models", "joined"),
    [("", True), ("m: {role: none}", True), ("m: {inputs: user}", True), ("m: {inputs: item}", False)],
)
def test_a_group_that_no_model_reads_is_no_vector(models: str, joined: bool) -> None:
    more = f"    item: {{c: {{type: numeric, transform: log}}}}\nmodel: {{models: {{{models}}}}}\n"
    text = features("a: {type: numeric, transform: log}, b: {type: numeric, transform: share}", more)
    picture = drawn(text, "feature_preparation")
    assert ("Concatenation" in said(picture)) is joined
    assert ("become one vector" in picture.caption) is joined


def test_groups_of_one_simple_feature_are_drawn_where_they_are_listed() -> None:
    text = features("a: {type: numeric, transform: log}, b: {type: numeric, transform: log}",
                    "    bias: {position: {type: numeric, transform: embedding}}\n")  # fmt: skip
    listed = archkit.loads(HEAD + text).figures()
    assert "feature_preparation_user" in listed and "feature_preparation_bias" not in listed
    asked = archkit.loads(HEAD + text + "figures: [{kind: feature_preparation, of: bias}]\n")
    assert asked.figures() == ("feature_preparation_bias",) and not asked.diagnostics
    alone = archkit.loads(HEAD + features("a: {type: numeric, transform: log}"))
    assert "feature_preparation_user" in alone.figures()


@pytest.mark.parametrize("theme", ["book", "slide", "whiteboard"])
def test_many_features_with_long_names_are_drawn_well(theme: str) -> None:
    transforms = ["log", "one-hot of a long and winding list of values", "text encoder, projection, unit length",
                  "mean of the vectors of the last 20 things with a name", "hash + embedding", "resize"]  # fmt: skip
    types = ["numeric", "categorical", "text", "sequence", "id", "image"]
    inner = ", ".join(
        f"feature_with_a_long_name_{at}: {{type: {types[at % 6]}, transform: '{transforms[at % 6]}', example: "
        f"{'some words ' * (at % 4)}.}}"
        for at in range(20)
    )
    picture = drawn(features(inner), "feature_preparation", theme)
    bars = [block.id for block in walk(picture.body) if isinstance(block, Boxed) and block.id.startswith("joined")]
    assert len(bars) == 2 and "Concatenation, one part" in said(picture)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_operation_of_a_shipped_blueprint_is_in_the_picture(path: Path) -> None:
    document = archkit.load(path)
    assert document.blueprint is not None
    for name in subjects(document.blueprint):
        if f"feature_preparation_{name}" not in document.figures():
            continue
        figure = document.figure(f"feature_preparation_{name}").figure
        assert isinstance(figure, Picture)
        ids = [block.id for block in walk(figure.body) if isinstance(block, Boxed) and block.id]
        assert len(ids) == len(set(ids))
        assert {*document.blueprint.data.features[name]} <= {*ids}


# training examples

PAIRS = """data:
  labels: {match: {positive: opened, negative: drawn from all, sampling: {negatives: 5}}}
  features: {query: {words: {type: text}}, photo: {pixels: {type: image}}}
model: {models: {tower: {towers: {query: query, photo: photo}, label: match, loss: sampled softmax}}}
"""


def test_a_positive_stands_among_its_negatives() -> None:
    found = said(drawn(PAIRS, "training_example"))
    assert [one for one in found if one.startswith("negative ")] == [
        "negative 1",
        "negative 2",
        "negative 5",
        "negative when",
    ]
    assert found.count("1") == 1 and found.count("0") == 3
    few = said(drawn(PAIRS.replace("negatives: 5", "negatives: 2"), "training_example"))
    assert few.count("0") == 2 and "…" not in few


def test_labels_without_negatives_stand_beside_their_inputs() -> None:
    text = PAIRS.replace(", sampling: {negatives: 5}", "").replace(
        "words: {type: text}", "words: {type: text, used_in: serving}"
    )
    found = said(drawn(text, "training_example"))
    assert "positive" in found and "negative" in found and "Photo" in found
    assert "words" not in found, "what is there while serving alone is not learned from"


def test_models_that_learn_from_the_same_labels_share_a_figure() -> None:
    text = PAIRS.replace("models: {", "models: {light: {label: match}, ")
    assert [name for name in archkit.loads(HEAD + text).figures() if name.startswith("training_example")] == [
        "training_example_light"
    ]


def test_written_rows_are_shown_with_the_labels_meaning() -> None:
    rows = "figures: [{kind: training_example, rows: [{values: {words: snow, pixels: a hill}, labels: {match: 1}}]}]\n"
    found = said(drawn(PAIRS + rows, "training_example"))
    assert [one for one in found if one in ("snow", "a hill", "1")] == ["snow", "a hill", "1"]
    assert "opened" in found and "Words" in found


def test_single_features_with_their_group_are_inputs_too() -> None:
    text = """data:
  labels: {bought: {positive: bought, negative: left}}
  features: {query: {words: {type: text}, count: {type: numeric}}}
model: {models: {reader: {inputs: [query.words], label: bought}}}
"""
    found = said(drawn(text, "training_example"))
    assert "Query" in found and "words" in found and "count" not in found


SEVERAL = """data:
  labels: {bought: {positive: bought, negative: left}, seen: {classes: [cat, dog]}}
  examples: 80M
  sampling: {method: a fifth of the searches}
model:
  models:
    ranker: {label: bought, loss: binary cross-entropy}
    tagger: {label: seen, loss: LOSS}
  training: {models: ranker, examples: 80M}
  trainings: {monthly: {models: tagger, examples: 2M}}
"""


def test_the_sampling_of_the_data_is_told_of_models_that_learn_from_them() -> None:
    text = SEVERAL.replace("LOSS", "softmax cross-entropy")
    for kind in ("training_example", "loss"):
        assert any("a fifth of the searches" in one for one in said(drawn(text, f"{kind}_ranker")))
        assert not any("a fifth of the searches" in one for one in said(drawn(text, f"{kind}_tagger")))
        same = text.replace("examples: 2M", "examples: 80M")
        assert any("a fifth of the searches" in one for one in said(drawn(same, f"{kind}_tagger")))


@pytest.mark.parametrize(
    ("loss", "line", "cell"),
    [
        ("softmax cross-entropy", "one of cat and dog", "one of 2 classes"),
        ("binary cross-entropy for each", "0 or 1 for each of cat and dog", "0 or 1 for each class"),
    ],
)
def test_classes_are_one_of_many_or_decided_each(loss: str, line: str, cell: str) -> None:
    found = said(drawn(SEVERAL.replace("LOSS", loss), "training_example_tagger"))
    assert line in found and cell in found


@pytest.mark.parametrize(("value", "cell"), [("tokens of an answer", "tokens"), ("minutes it took", "a value")])
def test_a_label_of_tokens_is_no_single_value(value: str, cell: str) -> None:
    text = features("a: {type: numeric, transform: log}", f"  labels: {{given: {{value: {value}}}}}\n")
    found = said(drawn(f"{text}model: {{models: {{m: {{inputs: user, label: given}}}}}}\n", "training_example"))
    assert {"tokens", "a value"} & set(found) == {cell}


# splits


def test_labels_that_people_give_leave_no_window_open() -> None:
    split = "split: {by: time, train: 28 d, gap: 1 d, validation: 2 d, test: 2 d}"
    labels = "bought: {kind: implicit, window: 24 h}, grade: {kind: human, window: 7 d}"
    found = said(drawn(f"data: {{labels: {{{labels}}}, {split}}}\n", "time_split"))
    assert any(one.endswith("closes inside the gap") for one in found)
    found = said(drawn(f"data: {{labels: {{{labels.replace('24 h', '3 d')}}}, {split}}}\n", "time_split"))
    assert any(one.endswith("still open when validation begins") for one in found)


# matrices


def cells_of(picture: Picture) -> list[list[str]]:
    """Return the texts of the cells of every matrix row, without the titles of rows."""
    rows = []
    for block in walk(picture.body):
        if isinstance(block, Grid) and not block.ruled and block.leading == 0:
            rows += [[_text(cell) for cell in row[1:]] for row in block.rows[1:]]
    return rows


def _text(cell: Block | None) -> str:
    return next((block.text for block in walk(cell) if isinstance(block, Words)), "") if cell is not None else ""


def test_the_product_that_is_shown_is_the_product_of_the_factors_that_are_shown() -> None:
    picture = drawn("figures: [{kind: matrix, columns: [A, B, C], cells: {a: [5, ~, 1], b: [1, 3, ~], c: [4, 4, 2]}, "
                    "factors: 2}]\n", "matrix")  # fmt: skip
    rows = cells_of(picture)
    left, right, shown = rows[3:6], rows[6:8], rows[8:]
    u = [[_number(text) for text in row] for row in left]
    v = [[_number(text) for text in row] for row in right]
    for i, row in enumerate(shown):
        for j, text in enumerate(row):
            exact = sum(u[i][k] * v[k][j] for k in range(2))
            assert float(_number(text)) == pytest.approx(float(exact), abs=0.0501)


def _number(text: str) -> Fraction:
    return Fraction(text.replace("−", "-"))


def test_things_that_are_in_one_set_are_counted() -> None:
    picture = drawn("figures: [{kind: matrix, sets: {x: [tea, milk], y: [milk, tea, bread], z: tea}}]\n", "matrix")
    assert cells_of(picture) == [["–", "2", "1"], ["2", "–", "1"], ["1", "1", "–"]]
    picture = drawn("figures: [{kind: matrix, show: one-hot, sets: {x: [tea, milk], z: tea}}]\n", "matrix")
    assert cells_of(picture) == [["1", "1"], ["1", "0"]]


def test_an_adjacency_matrix_is_symmetric() -> None:
    rows = cells_of(drawn("figures: [{kind: matrix, links: {a: [b, c], d: [c]}}]\n", "matrix"))
    assert rows == [list(column) for column in zip(*rows, strict=True)]
    assert sum(row.count("1") for row in rows) == 6


def test_larger_numbers_stand_on_darker_ground() -> None:
    picture = drawn(
        "figures: [{kind: matrix, heat: true, columns: [A, B, C, D], cells: {a: [1, 5, 9, ~]}}]\n", "matrix"
    )
    fills = [block.fill for block in walk(picture.body) if isinstance(block, Boxed) and _text(block) in "159"]
    assert [fill for fill in fills if fill.startswith("heat")] == ["heat.1", "heat.3", "heat.4"]


# relations and graphs


def ways(picture: Picture) -> list[tuple[str, str, bool]]:
    plane = next(block for block in walk(picture.body) if isinstance(block, Plane))
    names = {(mark.x, mark.y): mark.text for mark in plane.marks}
    return [(names[way.tail], names[way.head], way.dashed) for way in plane.ways]


def test_a_suggestion_is_dashed_and_told() -> None:
    picture = drawn("figures: [{kind: relations, likes: {Ana: [A, B], Ben: [B, A, C]}, suggest: collaborative, "
                    "to: Ana}]\n", "relations")  # fmt: skip
    assert [way for way in ways(picture) if way[2]] == [("Ana", "C", True)]
    assert "Ben likes A and B as Ana does, and C besides" in said(picture)
    assert "0.67" in said(picture)


def test_predictions_are_held_against_the_second_graph() -> None:
    picture = drawn("figures: [{kind: graph_snapshots, links: {a: [b, c], b: [d], c: [d]}, new: {d: [a], e: [a]}, "
                    "predict: common neighbours, k: 2}]\n", "graph_snapshots")  # fmt: skip
    assert "1 of 2 predictions came true; 1 of 2 new links predicted" in said(picture)
    first, second = (block for block in walk(picture.body) if isinstance(block, Plane))
    assert [(mark.text, mark.x, mark.y) for mark in first.marks] == [
        (mark.text, mark.x, mark.y) for mark in second.marks
    ]
    assert (len(first.ways), len(second.ways)) == (4 + 2, 4 + 2)
    assert sum(way.bold and not way.dashed for way in second.ways) == 2


# approaches and compositions


def approaches(text: str) -> tuple[Approach, ...]:
    blueprint = archkit.loads(HEAD + text).blueprint
    assert blueprint is not None
    return tree(blueprint)


def test_the_chosen_option_is_found_in_the_tree() -> None:
    text = "model: {taxonomy: {classical: {words: }, learned: [two towers, {trees: }]}, options: {%s}}\n"
    found = approaches(text % "two_tower: {chosen: true}, word: {baseline: true}")
    assert [one.chosen for one in found] == [False, True]
    assert [one.chosen for one in found[1].inner] == [True, False]
    assert found[0].inner[0].baseline
    added = approaches(text % "hybrid: {title: Something else, chosen: true, family: Learned}")
    assert [one.name for one in added[1].inner] == ["two towers", "trees", "Something else"]
    assert added[1].inner[2].chosen and added[1].chosen
    new = approaches(text % "hybrid: {title: Something else, chosen: true, family: third}")
    assert new[2].name == "third" and new[2].inner[0].name == "Something else"


def test_options_alone_are_a_tree_by_family() -> None:
    found = approaches("model: {options: {a: {family: x}, b: {family: y, chosen: true}, c: {family: x}}}\n")
    assert [(one.name, [inner.name for inner in one.inner], one.chosen) for one in found] == [
        ("x", ["A", "C"], False), ("y", ["B"], True)]  # fmt: skip


def test_models_stand_just_before_what_is_learned_from_them() -> None:
    sources = {"sft": ["base"], "assistant": ["sft", "reward"]}
    depth = _late({name: _depth(name, sources, ()) for name in ("base", "reward", "sft", "assistant")}, sources)
    assert depth == {"base": 0, "reward": 1, "sft": 1, "assistant": 2}
    circle = {"a": ["b"], "b": ["a"]}
    assert _depth("a", circle, ()) == 1, "two models that learn from each other end somewhere"


def test_lineage_is_said_and_drawn() -> None:
    text = "model: {models: {teacher: {role: x}, small: {role: y, distilled_from: teacher}}}\n"
    picture = drawn(text, "composition")
    assert [(arrow.tail, arrow.head) for arrow in picture.edges] == [("model.teacher", "model.small")]
    assert "distilled from teacher" in said(picture)


@pytest.mark.parametrize(("tier", "when"), [("offline", "In each run"), ("online", "For a request")])
def test_models_of_a_funnel_answer_for_a_request_or_in_a_run(tier: str, when: str) -> None:
    text = f"""model: {{models: {{light: {{role: first}}, heavy: {{role: then, distilled_from: light}}}}}}
architecture:
  lanes:
    nightly:
      role: inference
      tier: {tier}
      components:
        found: {{type: candidate_generator, in: 1M, out: 5000}}
        first: {{type: light_ranker, in: 5000, out: 500, serves: light}}
        then: {{type: ranker, in: 500, out: 50, serves: heavy}}
  flows: [found -> first, first -> then]
"""
    assert when in said(drawn(text, "composition"))


def test_parts_side_by_side_meet() -> None:
    stages = "stages: {a: {weight: 0.4}, b: {gives: 9}}"
    picture = drawn(f"figures: [{{kind: composition, form: parallel, input: q, output: r, {stages}}}]\n", "composition")
    assert [(arrow.tail, arrow.head) for arrow in picture.arrows] == [
        ("stage.a", "combine"), ("stage.b", "combine"), ("input", "stage.a"), ("input", "stage.b"),
        ("combine", "output"),
    ]  # fmt: skip
    assert "weight 0.4" in said(picture)


# products

SCREEN = """figures:
  - kind: product
    screen: phone
    parts:
      - {tabs: [One, Two], note: first}
      - columns: [[{text: a, note: second}], [{list: {titles: [A]}, note: third}]]
      - {grid: {item: video, count: 5, across: 2}}
      - {buttons: [Save], note: fourth}
"""


def test_every_decision_is_numbered_twice() -> None:
    picture = drawn(SCREEN, "product")
    numbers = [block.number for block in walk(picture.body) if isinstance(block, Number)]
    assert numbers == [1, 2, 3, 4, 1, 2, 3, 4]
    words = said(picture)
    assert [one for one in words if one in ("first", "second", "third", "fourth")] == [
        "first",
        "second",
        "third",
        "fourth",
    ]


ODD = """
{kind: product, parts: [{grid: }, {list: }, {post: }, {ad: }]}
{kind: product, screen: phone, parts: [{card: }, {player: }, {map: []}]}
{kind: product, parts: [{columns: [[], [{text: a}]]}]}
{kind: product, screen: editor, parts: [{code: "a = 1\\n\\n\\n  if a:\\n", completion: b}]}
{kind: product, parts: [{chat: [{source: x}, {user: a}, {answer: b}]}]}
{kind: matrix, columns: [A], cells: {a: [~]}}
{kind: matrix, columns: [A], cells: {a: [5]}, heat: true, factors: 1}
{kind: matrix, columns: [A, B], cells: {a: ["5%", x]}, heat: true}
{kind: matrix, sets: {a: }}
{kind: matrix, sets: {a: , b: [x, x]}}
{kind: matrix, links: {a: [a]}}
{kind: matrix, columns: [A, B], cells: {a: [0, ~], b: [~, 0]}, factors: 1}
{kind: matrix, columns: [A, B], cells: {a: [-5, ~], b: [1000000, 0.0001]}, factors: 2}
{kind: relations, likes: {a: }}
{kind: relations, likes: {a: [x, x], a b: x}, suggest: collaborative, to: a}
{kind: relations, links: {a: [a]}}
{kind: relations, links: {a: [b]}, suggest: adamic-adar}
{kind: relations, links: {a: [b], c: [b]}, suggest: adamic-adar, k: 5}
{kind: relations, likes: {same: [same]}, suggested: {same: [other]}}
{kind: relations, likes: {a: [x]}, features: {x: , y: }, suggest: content-based, to: a}
{kind: graph_snapshots, links: {a: }}
{kind: graph_snapshots, links: {a: [a]}, new: {b: [c]}}
{kind: graph_snapshots, links: {a: [b], c: [d], e: [f]}, predict: jaccard, k: 9}
{kind: composition, stages: {a: , b: }}
{kind: training_example, rows: []}
{kind: training_example, rows: [{values: {g: 1}, labels: {l: 0}}]}
""".strip().splitlines()


@pytest.mark.parametrize("entry", ODD)
def test_odd_data_are_drawn_without_a_flaw(entry: str) -> None:
    data = "data: {labels: {l: {positive: p}, c: {classes: [a]}, n: }, features: {g: {f: numeric}}}\n"
    kind = entry.removeprefix("{kind: ").split(",")[0]
    assert drawn(f"{data}figures:\n  - {entry}\n", kind).caption.startswith("T: ")
    assert drawn(f"{data}figures:\n  - {entry}\n", kind, "slide")


def test_a_kind_with_nothing_to_show_says_what_it_wants() -> None:
    for kind in ("matrix", "relations", "product"):
        document: Document = archkit.loads(HEAD + f"figures: [{kind}]\n")
        assert document.figures() == ()
        codes = [one.code for one in document.diagnostics]
        assert codes and set(codes) <= {"FIG002", "FIG010", "LNG003"}, document.diagnostics


def test_strips_of_one_picture_have_the_colour_of_their_group() -> None:
    text = features("a: {type: numeric, transform: log}, b: {type: numeric, transform: log}")
    fills = {block.fill for block in walk(drawn(text, "feature_preparation").body) if isinstance(block, Cells)}
    assert len(fills) == 1 and fills != {"node.fill"}


def test_the_shelves_of_a_group_are_about_equally_long() -> None:
    from archkit.figures.feature_preparation import _shelves

    for count in range(1, 40):
        shelves = _shelves([None] * count)  # type: ignore[list-item]
        sizes = [len(shelf) for shelf in shelves]
        assert sum(sizes) == count and max(sizes) <= 7
        assert all(a - b in (0, 1) for a, b in pairwise(sizes))


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("matrix", "columns: [A], cells: {NAMES}"),
        ("matrix", "sets: {x: [LIST]}"),
        ("relations", "links: {x: [LIST]}"),
        ("relations", "likes: {x: [LIST]}"),
        ("graph_snapshots", "links: {x: [LIST]}"),
        ("graph_snapshots", "links: {DENSE}"),
    ],
)
def test_what_no_page_has_room_for_is_refused(kind: str, entry: str) -> None:
    names = [f"n{at}" for at in range(40)]
    dense = ", ".join(f"{name}: [{', '.join(names[:10])}]" for name in names[10:20])
    entry = entry.replace("NAMES", ", ".join(f"{name}: [1]" for name in names)).replace("DENSE", dense)
    document = archkit.loads(HEAD + f"figures: [{{kind: {kind}, {entry.replace('LIST', ', '.join(names))}}}]\n")
    assert "FIG010" in {one.code for one in document.diagnostics if "at most" in one.message}


EXPERIMENT = """\
blueprint: 1
title: Feed
requirements: {{scale: {{daily_active_users: 1M}}}}
model: {{training: {{cadence: 7 d}}}}
evaluation: {{experiment: {{unit: "{unit}", duration: 14 d, baseline_rate: 2%, minimum_effect: 1%{more}}}}}
serving: {{rollout: [ab]}}
monitoring: {{feedback: {{log: [clicks], holdout: 1%}}}}
"""


@pytest.mark.parametrize(
    ("unit", "more", "needs", "held"),
    [
        ("user", "", "7.8M users", "1% of users get"),
        ("visitor, by device where there is no account", "", "7.8M visitors", "1% of visitors get"),
        ("city", ", units_per_day: 40", "7.8M cities", "1% get"),
        ("cluster of friends", "", "7.8M independent observations, and more in clusters", "1% get"),
        ("user, in clusters of friends", "", "7.8M independent users, and more in groups", "1% of users get"),
        ("city and two-hour block", ", units_per_day: 40", "7.8M units", "1% get"),
        ("session: a hash of an account and a day", ", units_per_day: 1M", "7.8M sessions", "1% of sessions get"),
    ],
)
def test_what_is_assigned_at_random_is_called_by_its_name(unit: str, more: str, needs: str, held: str) -> None:
    document = archkit.loads(EXPERIMENT.format(unit=unit, more=more))
    rollout, feedback = (document.figure(name).figure for name in ("ab_test", "feedback"))
    assert isinstance(rollout, Picture) and needs in list(texts(rollout.body))
    assert isinstance(feedback, Picture) and f"{held} no model, for comparison" in list(texts(feedback.body))


COSTS = """\
blueprint: 1
title: Chat
requirements: {scale: {requests_per_day: 1M}}
model: {training: {cadence: 1 d, duration: 6 h, devices: 10, price: $2 / h}}
architecture:
  lanes:
    a:
      guard_in: {title: Input guard, type: model_server, replicas: 10, price: $1 / h}
      writer: {type: llm, tokens_in: 1000, tokens_out: 100, price_in: $1 / 1M tokens, price_out: $10 / 1M tokens}
      people: {title: Moderators, type: human_review, reviewers: 20, items_per_day: 400, flagged_per_day: 5k}
      user: user
  flows: [user -> guard_in -> writer -> user]
"""


def test_sums_of_the_capacity_name_titles_and_stand_in_sections_of_one_subject() -> None:
    figure = archkit.loads(COSTS).figure("capacity").figure
    assert isinstance(figure, Picture)
    shown = list(texts(figure.body))
    assert "= tokens $60,000 + Input guard $7,200 + training $3,600" in shown and "guard_in" not in " ".join(shown)
    titles = ["Traffic", "Training", "People", "Tokens", "Cost"]
    assert [text for text in shown if text in titles] == titles
