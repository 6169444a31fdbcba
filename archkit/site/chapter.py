"""A chapter of the site → the page of a blueprint: the seven steps with their figures, score, findings, components."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archkit.book import Block, sections
from archkit.capacity import sheet
from archkit.facts.derived import show
from archkit.figures.common import STEP_TITLES
from archkit.sentences import capital, how_many
from archkit.site import Chapter, Drawn, findings, parts
from archkit.site.blocks import block, prose, table
from archkit.site.html import NONE, Child, Html, el, join, web
from archkit.site.page import Frame, chips, page, ring
from archkit.site.places import line_link, page_of
from archkit.titles import title_of

if TYPE_CHECKING:
    from archkit.blueprint import Blueprint, Citation

_GAINS = 10


def chapter_page(frame: Frame, chapter: Chapter) -> bytes:
    """Return the page of a blueprint.

    Args:
        frame: Of all pages.
        chapter: What to show.
    """
    blueprint = chapter.blueprint
    told = [part for part in _parts(chapter) if part[2]]
    navigation = el(
        "nav",
        el("h2", "On this page", class_="unseen"),
        el("ol", (_entry(chapter, mark, title) for mark, title, _ in told)),
        aria_label="On this page",
        class_="contents",
    )
    return page(
        frame,
        blueprint.title,
        _head(chapter),
        (el("section", el("h2", title), inner, id=mark, aria_label=title) for mark, title, inner in told),
        path=f"{chapter.folder}/index.html",
        scripts=("stage.js", "export.js", "walk.js", "figures.js"),
        links=[("../index.html", "All designs"), ("quiz.html", "Quiz"), (page_of(0), "Source")],
        name="chapter",
        aside=navigation,
    )


def _head(chapter: Chapter) -> Html:
    blueprint, score = chapter.blueprint, chapter.score
    errors, warnings, advice = score.findings
    counts = [(errors, "error"), (warnings, "warning")]
    said = [how_many(count, word) for count, word in counts if count]
    said += [f"{how_many(advice, 'piece')} of advice"] if advice else []
    return el(
        "div",
        el("div", ring(score.points, "Score"), class_="of-head"),
        el("h1", blueprint.title),
        el("p", blueprint.summary, class_="summary") if blueprint.summary else NONE,
        chips(blueprint.archetypes, "archetypes"),
        chips(blueprint.tags, "tags"),
        el(
            "p",
            f"{len(chapter.figures)} figures · {len(chapter.cards)} cards · ",
            el("a", ", ".join(said) or "no findings", href="#findings" if said else "#score"),
            class_="counts",
        ),
        class_="head",
    )


def _entry(chapter: Chapter, mark: str, title: str) -> Html:
    own = [figure for figure in chapter.figures if figure.kind.step == mark]
    inner = el("ol", (el("li", el("a", _title(figure, chapter), href=f"#fig-{figure.name}")) for figure in own))
    return el("li", el("a", title, href=f"#{mark}"), inner if own else NONE)


def _parts(chapter: Chapter) -> Iterator[tuple[str, str, Child]]:
    """Yield id, title and content of the parts of a page; those without content are left out later."""
    blueprint, document = chapter.blueprint, chapter.document
    for at, (step, told) in enumerate(sections.STEPS.items(), 1):
        own = [figure for figure in chapter.figures if figure.kind.step == step]
        said: list[Block] = list(told(blueprint))
        yield step, f"{at} {STEP_TITLES[step]}", [*map(block, said), *(_figure(each, chapter) for each in own)]
    summary = [figure for figure in chapter.figures if figure.kind.step == "summary"]
    yield "summary", "Summary", [_figure(each, chapter) for each in summary]
    yield "capacity", "Capacity sheet", list(_capacity(chapter))
    yield "score", "Score", list(_score(chapter))
    yield "findings", "Findings", findings.items(document, document.diagnostics)
    known = parts.articles(document, blueprint)
    yield "components", "Components", el("div", known, class_="parts") if known else NONE
    yield "references", "References and estimates", list(_sources(blueprint))


def _title(figure: Drawn, chapter: Chapter) -> str:
    """Return the title of a figure without the system that the page is about."""
    title = _plain(figure, chapter)
    if sum(_plain(other, chapter) == title for other in chapter.figures) > 1:
        # Kinds that draw one figure of each of several things may head all of them alike.
        title += f": {title_of(figure.name.removeprefix(f'{figure.kind.name}_')).lower()}"
    return title


def _plain(figure: Drawn, chapter: Chapter) -> str:
    title = figure.title.removeprefix(f"{chapter.blueprint.title}: ")
    plain = figure.kind.title if title in ("", chapter.blueprint.title) else title
    return capital(plain)


def _figure(figure: Drawn, chapter: Chapter) -> Html:
    title = _title(figure, chapter)
    caption = figure.caption.removeprefix(f"{chapter.blueprint.title}: ")
    return el(
        "div",
        el("h3", title, id=f"fig-{figure.name}"),
        picture(figure, title, capital(caption)),
        class_="titled",
    )


def picture(figure: Drawn, title: str, caption: str) -> Html:
    """Return a figure with all that scripts need to bring it to life; without them it is a picture with its words.

    Args:
        figure: With its drawing as SVG.
        title: Heads it.
        caption: Stands below it.
    """
    walks = [
        el(
            "details",
            el("summary", f"{walk.title} ({len(walk.steps)} steps)"),
            el(
                "ol",
                (
                    el("li", caption, data_nodes=json.dumps(nodes), data_edges=json.dumps(edges))
                    for caption, nodes, edges in walk.steps
                ),
            ),
            class_="walk",
            data_title=walk.title,
        )
        for walk in figure.walks
    ]
    return el(
        "figure",
        el(
            "div", figure.svg, class_="stage", tabindex="0", role="group", aria_label=f"Figure {figure.number}: {title}"
        ),
        el("figcaption", el("b", f"Figure {figure.number}. "), caption),
        walks,
        class_="figure",
        data_name=figure.name,
        data_lanes=json.dumps(figure.lanes) if len(figure.lanes) > 1 else None,
        data_width=round(figure.width),
        data_height=round(figure.height),
    )


def _capacity(chapter: Chapter) -> Iterator[Html]:
    found = sheet(chapter.blueprint)
    for section in found:
        rows = []
        for row in section.rows:
            inputs = [
                el("li", f"{one.name}: {show(one.value)} ", line_link(chapter.document, one.span))
                for one in row.number.inputs
            ]
            why = [el("li", text) for text in (*(reason for _, reason in row.estimated), *row.number.assumptions)]
            working = el("details", el("summary", "inputs"), el("ul", inputs, why)) if inputs or why else NONE
            value = ("" if row.sure else "≈ ") + show(row.number.value)
            rows.append((prose(row.number.name), value, join(row.number.formula, working)))
        yield el("h3", section.title)
        yield el("div", table(("Number", "Value", "How it follows"), rows, caption=section.title), class_="sums")
    if any(not row.sure for section in found for row in section.rows):
        yield el("p", "≈ rests on an estimate.")


def _score(chapter: Chapter) -> Iterator[Html]:
    score = chapter.score
    rows = [
        (
            STEP_TITLES[step.id],
            f"{float((step.share or 0) * 100):.0f}%" if step.possible else "does not apply",
            f"{step.earned} of {step.possible}" if step.possible else "",
            str(step.weight),
        )
        for step in score.steps
    ]
    yield el("p", f"{score.points} of 100 points, judged as {score.profile}.")
    yield table(("Step", "Complete", "Points", "Weight"), rows, caption="Score by step")
    gains = [gain for gain in score.gains if gain.points > 0][:_GAINS]
    if gains:
        yield el("h3", "What would raise it most")
        items = (
            el(
                "li",
                el("b", f"+{float(gain.points):.1f} "),
                (findings.code_link(gain.code), " ") if gain.code else "",
                prose(gain.what),
                (": ", prose(gain.hint)) if gain.hint else "",
                " ",
                line_link(chapter.document, gain.span),
            )
            for gain in gains
        )
        yield el("ul", items, class_="gains")


def _sources(blueprint: Blueprint) -> Iterator[Html]:
    if blueprint.references:
        yield el("h3", "References")
        yield el("ol", (el("li", _reference(each)) for each in blueprint.references.values()), class_="references")
    if blueprint.assumptions:
        yield el("h3", "Estimates")
        rows = [(el("code", path), why) for path, why in blueprint.assumptions.items()]
        yield table(("Value", "Why"), rows, caption="Estimates")


def _reference(each: Citation) -> Html:
    title = each.title or each.url or title_of(each.id)
    parts: list[Child] = [f"{', '.join(each.authors)}: " if each.authors else "", web(each.url, title)]
    parts.append(f", {each.year}" if each.year else "")
    parts.append(f" ({each.note})" if each.note else "")
    return join(parts)
