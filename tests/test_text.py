from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archkit import text
from archkit.characters import covered
from archkit.text import drawable, missing, subset, width, wrap
from archkit.typefaces import TYPEFACES

WORDS = "The candidate generator narrows ten billion videos down to a thousand for the ranker"


def font(data: bytes) -> hb.Font:
    return hb.Font(hb.Face(data))


def whole() -> hb.Font:
    return font(Path(TYPEFACES["plain"].file("semibold")).read_bytes())


def advance(face: hb.Font, line: str) -> int:
    buffer = hb.Buffer()
    buffer.add_str(line)
    buffer.guess_segment_properties()
    hb.shape(face, buffer)
    return sum(position.x_advance for position in buffer.glyph_positions)


# --- coverage ---


@pytest.mark.parametrize("weight", ["regular", "semibold", "italic"])
def test_tables_of_covered_characters_are_those_of_the_font_files(weight):
    unicodes = {chr(code) for code in hb.Face(hb.Blob.from_file_path(TYPEFACES["plain"].file(weight))).unicodes}
    unseen = {"\xad", "\ufeff"}
    assert covered("italic" if weight == "italic" else "upright") == unicodes - unseen


# --- width ---


def test_width_is_the_shaped_advance_scaled_to_the_size():
    assert width("AVATAR Tokyo", 13, "semibold") == pytest.approx(advance(whole(), "AVATAR Tokyo") / 1000 * 13)


def test_kerned_pairs_are_narrower_than_their_letters():
    assert width("AV", 100) < width("A", 100) + width("V", 100) - 1


def test_width_grows_with_the_weight_and_is_in_proportion_to_the_size():
    assert width(WORDS, 13, "semibold") > width(WORDS, 13, "regular") > width(WORDS, 13, "italic")
    assert width(WORDS, 26) == pytest.approx(2 * width(WORDS, 13))


def test_empty_text_has_no_width():
    assert width("", 13) == 0


def test_italic_falls_back_to_upright_for_a_script_it_lacks():
    assert text.cut_for("α = 0.05", "italic") == "regular"
    assert text.cut_for("naïve", "italic") == "italic"
    assert width("Журнал", 13, "italic") == width("Журнал", 13, "regular")


def test_a_text_is_measured_as_it_is_drawn():
    assert width("北京", 13) == width("BeiJing", 13)


def test_metrics_are_those_of_the_face():
    face = hb.Font(hb.Face(hb.Blob.from_file_path(TYPEFACES["plain"].file("regular"))))
    tags = hb.OTMetricsTag
    assert round(text.CAP_HEIGHT * 1000) == face.get_metric_position(tags.CAP_HEIGHT)
    assert round(text.X_HEIGHT * 1000) == face.get_metric_position(tags.X_HEIGHT)
    assert text.ASCENT + text.DESCENT == 1


# --- drawable, missing ---


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("北京", "BeiJing"),
        ("مرحبا", "mrhb"),
        ("👍🏽 ok", ":thumbsup: ok"),
        ("❤️", drawable("❤")),
        ("x∈X", "x in X"),
        ("x ∈ X", "x in X"),
        ("A ⇒ B", "A → B"),
        ("user ↔ item", "user ←→ item"),
        ("① retrieve", "(1) retrieve"),
        ("cafe\u0301", "café"),
        ("x\u0302", "x\u0302"),
        ("non‑breaking", "non-breaking"),
        ("a\u2009b\tc\nd", "a b c d"),
        ("a\u202eb\u2066c\u200dd\x00e\x1bf\u00adg", "abcdefg"),
        ("\ue000", "U+E000"),
        ("ا", "U+0627"),
        ("a\ud800", "aU+D800"),
    ],
)
def test_drawable_replaces_what_the_face_lacks(written, drawn):
    assert drawable(written) == drawn


@pytest.mark.parametrize("ordinary", ["Ranker", "p99 ≤ 20 ms", "Łódź → Αθήνα, Киев", "1,000 × 5.12 TB", "a  b", ""])
def test_drawable_returns_ordinary_text_itself(ordinary):
    assert drawable(ordinary) == ordinary
    assert missing(ordinary) == []


@given(st.text(st.characters(codec=None), max_size=30))
@example("∈∈")
@example("a ∈")
def test_drawable_text_has_a_glyph_for_every_character_and_is_stable(written):
    drawn = drawable(written)
    assert covered().issuperset(drawn)
    assert drawable(drawn) == drawn
    if any(unicodedata.category(char)[0] in "LNPS" for char in written):
        assert drawn.strip()


@pytest.mark.parametrize(
    ("written", "offsets"),
    [
        ("ab 北京 c", [3, 4]),
        ("e\u0301 ok", []),
        ("日e\u0301本", [0, 3]),
        ("👍🏽", [0, 1]),
        ("❤️", [0]),
        ("a\u202eb\tc⇒d‑e", []),
        ("\ue000", [0]),
    ],
)
def test_missing_names_the_offsets_of_characters_without_a_glyph(written, offsets):
    assert missing(written) == offsets


@given(st.text(max_size=20))
def test_missing_is_empty_only_if_nothing_is_transliterated(written):
    if missing(written):
        assert drawable(written) != written
    assert all(written[at] not in covered() for at in missing(written))


# --- wrap ---


def squeezed(lines):
    return "".join(lines).replace(" ", "")


def test_a_text_that_fits_stays_on_one_line():
    assert wrap("Feature store", 200, 13) == ("Feature store",)
    assert wrap("", 200, 13) == ("",)
    exact = width("Feature store", 13)
    assert wrap("Feature store", exact, 13) == ("Feature store",)
    assert len(wrap("Feature store", exact - 0.1, 13)) == 2


def test_lines_are_balanced_so_that_no_word_stays_alone():
    assert wrap("Approximate nearest neighbour index", 190, 13) == ("Approximate nearest", "neighbour index")
    lengths = [width(line, 13) for line in wrap(WORDS, 180, 13)]
    assert min(lengths) > 0.6 * max(lengths)


def test_a_long_identifier_breaks_behind_its_joints():
    assert wrap("feature_store_online_serving_layer", 100, 13) == ("feature_", "store_online_", "serving_layer")
    assert wrap("warehouse/events/2024/hourly", 90, 13)[0].endswith("/")


def test_joints_of_short_words_are_only_used_to_keep_the_number_of_lines():
    limit = width("aaaaaa bbbbbb-", 13) + 0.1
    assert wrap("aaaaaa bbbbbb-cccccc dddddd", limit, 13) == ("aaaaaa", "bbbbbb-cccccc", "dddddd")
    assert wrap("aaaaaa bbbbbb-cccccc dddddd", limit, 13, max_lines=2) == ("aaaaaa bbbbbb-", "cccccc dddddd")


def test_an_endless_word_is_cut_as_last_resort_and_nothing_is_lost():
    lines = wrap("a" * 60, 100, 13)
    assert "".join(lines) == "a" * 60
    assert all(width(line, 13) <= 100 for line in lines)


@pytest.mark.parametrize("limit", [33.7, 40.3, 47.1, 53.7, 67.1])
def test_a_cut_through_a_kerned_pair_does_not_make_a_line_too_wide(limit):
    lines = wrap("AV" * 12, limit, 13)
    assert "".join(lines) == "AV" * 12
    assert max(width(line, 13) for line in lines) <= limit + 0.001


def test_more_lines_than_wanted_rather_than_dropped_words():
    lines = wrap(WORDS, 80, 13, max_lines=2)
    assert len(lines) > 2
    assert " ".join(lines) == WORDS


@settings(max_examples=150)
@given(
    st.text(st.sampled_from("abWiT.,/-_ Ж∈"), max_size=60),
    st.floats(8, 300),
    st.sampled_from(["regular", "semibold", "italic"]),
    st.sampled_from([None, 1, 2, 3]),
)
def test_wrapping_keeps_every_character_and_every_line_within_the_width(written, limit, weight, max_lines):
    lines = wrap(written, limit, 13, weight, max_lines)
    assert squeezed(lines) == drawable(written).replace(" ", "")
    assert all(width(line, 13, weight) <= limit + 0.01 for line in lines if len(line) > 1)
    assert all(line == line.strip() and line for line in lines) or lines == ("",)


def test_wrapping_uses_the_fewest_lines():
    words = WORDS.split()
    greedy, line = 1, words[0]
    for word in words[1:]:
        if width(f"{line} {word}", 13) <= 120:
            line = f"{line} {word}"
        else:
            greedy, line = greedy + 1, word
    assert len(wrap(WORDS, 120, 13)) == greedy


# --- subset ---


def test_a_subset_shapes_its_characters_like_the_whole_face():
    line = "AVATAR: Tokyo, office → 1,000 é"
    part = subset(frozenset(line), "semibold")
    assert advance(font(part), line) == advance(whole(), line)
    assert set(hb.Face(part).unicodes) == {ord(char) for char in line}


def test_a_subset_is_small_and_the_same_whatever_the_order_of_its_characters():
    part = subset(frozenset("abcdefghijklmnopqrstuvwxyz"), "regular")
    subset.cache_clear()
    assert part == subset(frozenset(reversed("abcdefghijklmnopqrstuvwxyz")), "regular")
    assert len(part) < 10_000


# --- other typefaces ---


def test_a_typeface_is_measured_with_its_own_glyphs_at_its_own_scale():
    kalam = TYPEFACES["hand"]
    face = hb.Font(hb.Face(hb.Blob.from_file_path(kalam.file("regular"))))
    buffer = hb.Buffer()
    buffer.add_str("Two towers")
    buffer.guess_segment_properties()
    hb.shape(face, buffer)
    advance = sum(position.x_advance for position in buffer.glyph_positions) / face.face.upem
    assert width("Two towers", 13, face="hand") == pytest.approx(advance * 13 * kalam.scale)
    assert width("Two towers", 13, face="hand") != pytest.approx(width("Two towers", 13), abs=0.5)


def test_every_typeface_fits_the_lines_that_layouts_make_room_for():
    for name, typeface in TYPEFACES.items():
        for weight in typeface.files:
            font = hb.Font(hb.Face(hb.Blob.from_file_path(typeface.file(weight))))
            em = font.face.upem / typeface.scale
            boxes = [font.get_glyph_extents(font.get_nominal_glyph(ord(char))) for char in "xHpgdl1?"]
            assert max(box.y_bearing for box in boxes) / em <= text.ASCENT + 0.06, (name, weight)
            assert min(box.y_bearing + box.height for box in boxes) / em >= -text.DESCENT - 0.02, (name, weight)
            capital = font.get_glyph_extents(font.get_nominal_glyph(ord("H"))).y_bearing / em
            assert capital == pytest.approx(text.CAP_HEIGHT, abs=0.03), (name, weight)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("plain words", [("plain words", "hand", "regular")]),
        ("1 → 2", [("1 ", "hand", "regular"), ("→", "plain", "regular"), (" 2", "hand", "regular")]),
        ("αβ", [("αβ", "plain", "regular")]),
        ("", [("", "hand", "regular")]),
    ],
)
def test_what_a_typeface_lacks_is_set_in_the_plain_one(words, expected):
    assert [tuple(run) for run in text.runs(words, "regular", "hand")] == expected
    assert sum(width(run.text, 10, run.weight, run.face) for run in text.runs(words, "regular", "hand")) == (
        pytest.approx(width(words, 10, face="hand"))
    )


def test_marks_stay_with_their_letter():
    assert [run.text for run in text.runs("a\u0331b", "regular", "hand")] in (["a\u0331b"], ["a\u0331", "b"])


def test_a_typeface_without_an_italic_cut_sets_it_upright():
    assert text.runs("note", "italic", "hand") == (("note", "hand", "regular"),)
    assert text.runs("note", "italic") == (("note", "plain", "italic"),)


@given(st.text(min_size=1, max_size=40))
def test_stretches_are_the_text_and_can_be_drawn(words):
    words = drawable(words)
    found = text.runs(words, "semibold", "hand")
    assert "".join(run.text for run in found) == words
    assert all(a.face != b.face for a, b in pairwise(found))


def test_lines_in_another_typeface_keep_their_width():
    words = "candidate generation → ranking of 1,000 videos → re-ranking"
    lines = wrap(words, 120, 13, face="hand")
    assert " ".join(lines) == words and all(width(line, 13, face="hand") <= 120 for line in lines)
