"""SVG of a stepped drawing → an SVG that plays by itself: pieces come one after the other, again and again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import fsum

from archkit.render.paths import number

_ROOT = re.compile(r'<svg [^>]*?\bid="([^"]+)"')
_PASSING = re.compile('<g class="(?:ring|saying)"')  # what stands for one step alone
_FADE = 0.35  # seconds in which a piece appears
_LEAST, _MOST, _REST = 2.0, 6.0, 7.0
_LOOK, _READ = 1.2, 0.045  # seconds to see what is new, and to read a character: 250 words a minute


def durations(captions: Sequence[str]) -> list[float]:
    """Return how many seconds each step stands, by what there is to read."""
    return [round(min(max(_LOOK + _READ * len(caption), _LEAST), _MOST), 1) for caption in captions]


def playing(svg: str, captions: Sequence[str]) -> str:
    """Return an SVG that plays its steps, rests on the whole figure, and begins anew.

    It needs no script. Readers who ask for reduced motion, and programs that know no animation, see the whole figure.

    Args:
        svg: Of a drawing whose pieces stand in groups ``build``, ``ring`` and ``saying`` with the number of their step.
        captions: What is added with each step.

    Raises:
        ValueError: The text is not an SVG of this project, a programming mistake.
    """
    root = _ROOT.match(svg)
    head, found, body = svg.partition("</defs>")
    if root is None or not found:
        raise ValueError("not an SVG with definitions")
    body = _PASSING.sub(r'\g<0> display="none"', body)
    return f"{head}{found}\n<style>\n{_rules(root[1], durations(captions))}</style>{body}"


def _rules(root: str, seconds: Sequence[float]) -> str:
    total = fsum(seconds) + _REST
    ends = [*accumulate(seconds)]
    rules = []
    for step, (end, stands) in enumerate(zip(ends, seconds, strict=True), 1):
        begin = end - stands
        shown, gone = _share(begin, total), _share(end, total)
        mark = f'[data-step="{step}"]'
        if step > 1:
            faded = _share(begin + _FADE, total)
            rules.append(f"@keyframes {root}-b{step}{{0%,{shown}{{opacity:0}}{faded},100%{{opacity:1}}}}")
            rules.append(f"#{root}>.build{mark}{{animation:{root}-b{step} {number(total)}s linear infinite}}")
        start = "" if step == 1 else "0%{visibility:hidden}"
        rules.append(
            f"@keyframes {root}-r{step}{{{start}{shown}{{visibility:visible}}{gone},100%{{visibility:hidden}}}}"
        )
        rules.append(
            f"#{root}>.ring{mark},#{root}>.saying{mark}{{animation:{root}-r{step} {number(total)}s step-end infinite}}"
        )
    last = _share(ends[-1], total) if ends else "0%"
    rules.append(f"@keyframes {root}-end{{0%{{visibility:hidden}}{last},100%{{visibility:visible}}}}")
    rules.append(f"#{root}>.caption{{animation:{root}-end {number(total)}s step-end infinite}}")
    # An attribute keeps away what passes where style sheets are not understood; where they are, it waits for its turn.
    rules.insert(0, f"#{root}>.ring,#{root}>.saying{{display:inline;visibility:hidden}}")
    return "@media (prefers-reduced-motion:no-preference){\n" + "\n".join(rules) + "\n}\n"


def _share(seconds: float, total: float) -> str:
    return f"{number(100 * seconds / total)}%"
