"""Points 8 and 9 on a written file: what an SVG must not hold, and what it must."""

from __future__ import annotations

from base64 import b64encode

import pytest
from sketch import drawing, icon, label, lane, node, pair, step, words

from archkit.drawing import Box
from archkit.proof import check_svg
from archkit.render.svg import svg
from archkit.text import subset
from archkit.theme import THEMES

GOOD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" role="img" aria-labelledby="t d">
<title id="t">A title</title><desc id="d">See https://example.org for more</desc>
<defs><style>
@font-face{font-family:F;font-weight:400;font-style:normal;src:url(data:font/ttf;base64,REGULAR)}
@font-face{font-family:F;font-weight:600;font-style:normal;src:url(data:font/ttf;base64,SEMIBOLD)}
.s{font-weight:600}
.m{fill:url(#g)}
</style><linearGradient id="g"/><image id="i" href="data:image/png;base64,AAAA"/></defs>
<g class="lane" data-id="serving"/><g class="group" data-id="zone"/>
<g class="node" data-id="a"><rect class="m"/><text class="s">store</text><use href="#i"/></g>
<g class="node" data-id="b" data-note="https://example.org"><text>queue: <tspan class="s">rest</tspan> see</text></g>
<g class="edge" data-from="a" data-to="b" data-kind="sync"><path/></g>
</svg>
"""


def font(text: str, weight: str = "regular") -> str:
    return b64encode(subset(frozenset(text), weight)).decode()


def filled(text: str = GOOD, regular: str = "queue: see", semibold: str = "storest") -> str:
    return text.replace("REGULAR", font(regular)).replace("SEMIBOLD", font(semibold, "semibold"))


def told(text: str) -> list[str]:
    return [flaw.code for flaw in check_svg(text)]


def test_a_good_file_has_no_flaw() -> None:
    assert check_svg(filled()) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_files_that_are_written_have_no_flaw(theme: str) -> None:
    picture = drawing(
        lane("serving", Box(20, 60, 520, 160)),
        *pair(label(188, 120), step(176, 117)),
        node("c", 200, 160, (80, 40), "cylinder"),
        icon(20, 20),
        words(20, 300, "a & b < c, “ünï”", weight="italic"),
        words(20, 320, "Strong", weight="semibold"),
    )
    assert [str(flaw) for flaw in check_svg(svg(picture, THEMES[theme]))] == []


@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [
        ("svg-malformed", "<path/>", "<path>"),
        ("svg-doctype", "<svg xmlns", '<!DOCTYPE svg SYSTEM "http://example.org/x.dtd"><svg xmlns'),
        ("svg-active", "<path/>", "<script>1</script>"),
        ("svg-active", "<path/>", "<foreignObject/>"),
        ("svg-active", "<path/>", '<path onclick="1"/>'),
        ("svg-active", '<use href="#i"/>', '<use href="data:image/svg+xml,x"/>'),
        ("svg-external", '<use href="#i"/>', '<use href="other.svg#i"/>'),
        ("svg-external", '<use href="#i"/>', '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="x.svg"/>'),
        ("svg-external", '<use href="#i"/>', '<a href="https://example.org"/>'),
        ("svg-external", "data:image/png;base64,AAAA", "/home/user/icon.png"),
        ("svg-external", "data:image/png;base64,AAAA", "javascript:1"),
        ("svg-external", "fill:url(#g)", "fill:url(other.svg#g)"),
        ("svg-external", "fill:url(#g)", "fill:url( 'https://example.org/x' )"),
        ("svg-external", "<path/>", '<path fill="url(http://example.org/x)"/>'),
        ("svg-external", "<path/>", '<path style="fill:URL(x.png)"/>'),
        ("svg-external", ".s{", "@import 'x.css';.s{"),
        ("svg-id-twice", "<path/>", '<path id="g"/>'),
        ("svg-dangling", '<use href="#i"/>', '<use href="#j"/>'),
        ("svg-dangling", "fill:url(#g)", "fill:url(#h)"),
        ("svg-font-broken svg-font-gap", "base64,REGULAR", "base64,%%%%"),
        ("svg-font-broken svg-font-gap", "base64,REGULAR", "base64,AAAA"),
        ("svg-font-gap", "queue: ", "Queue: "),
        ("svg-font-gap", ">rest<", ">rests!<"),
        ("svg-font-missing", 'class="s">store', 'font-style="italic">store'),
        ("svg-font-missing", 'class="s">store', 'font-family="Other" class="s">store'),
        ("svg-font-missing", "font-family:F;font-weight:600;", "font-family:F;font-weight:500;"),
        ("svg-font-missing", "font-weight:600;font-style", "font-weight:700;font-style"),
        ("svg-role", ' role="img"', ""),
        ("svg-viewbox", ' viewBox="0 0 100 50"', ""),
        ("svg-title", ">A title<", "> <"),
        ("svg-desc", "<desc ", "<metadata/><desc2 "),
        ("svg-label", 'aria-labelledby="t d"', 'aria-labelledby="t"'),
        ("svg-unnamed", 'class="lane" data-id="serving"', 'class="lane"'),
        ("svg-unnamed", 'class="group" data-id="zone"', 'class="group"'),
        ("svg-unnamed", 'class="node" data-id="b"', 'class="node"'),
        ("svg-unnamed", ' data-kind="sync"', ""),
        ("svg-unnamed", ' data-from="a"', ""),
        ("svg-loose", 'data-to="b"', 'data-to="c"'),
    ],
)
def test_just_the_flaw_is_told(code: str, good: str, bad: str) -> None:
    assert GOOD.count(good) == 1
    text = GOOD.replace(good, bad).replace("</desc>", "</desc2>" if "desc2" in bad else "</desc>")
    expected = code.split()
    if bad == 'class="node"':
        expected.append("svg-loose")  # the arrow to it has lost its end
    assert told(filled(text)) == expected


def test_a_file_that_is_no_svg_is_told() -> None:
    assert "svg-root" in told("<html/>")


def test_each_family_has_its_own_characters() -> None:
    text = GOOD.replace('class="s">store', 'font-family="\'F\', serif" class="s">store')
    assert told(filled(text)) == []
    other = f"@font-face{{font-family:G;font-weight:600;src:url(data:font/ttf;base64,{font('xyz', 'semibold')})}}"
    text = text.replace("@font-face", other + "\n@font-face", 1).replace("'F'", "'G'")
    assert told(filled(text)) == ["svg-font-gap"]


def test_a_missing_character_is_named_with_its_cut() -> None:
    assert [flaw.message for flaw in check_svg(filled(semibold="store"))] == []
    assert ["'r'" in flaw.message for flaw in check_svg(filled(semibold="stoe"))] == [True]
    assert ["'q'" in flaw.message for flaw in check_svg(filled(regular="ue: see"))] == [True]
