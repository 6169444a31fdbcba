"""Who likes what, or who knows whom, as a figure's data; suggestions are computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import MapOf

SUGGESTED = ("collaborative", "content-based", "common neighbours", "jaccard", "adamic-adar")
"""By those who like the same, by features of items; or in a social graph by one of its measures."""

_GRAPH = SUGGESTED[2:]
_MOST = 24  # users, or items, that can be told apart in a figure
_MOST_LINES = 60


class RelationsFigure(FigureSpec, noun="figure"):
    """Users and the items that they like, or users and whom they know, with suggestions that follow from it."""

    user = f.text("What stands at the left, or in the graph; it chooses the glyph.", "user")
    item = f.text("What stands at the right.", "video")
    likes = f.field(
        MapOf(f.TEXTS, names=True), "The items that each user likes.", "{Ana: [Drama, Opera], Ben: [Opera]}"
    )
    links = f.field(MapOf(f.TEXTS, names=True), "Whom each user knows, in both directions.", "{Ana: [Ben, Eva]}")
    features = f.field(
        MapOf(f.TEXTS, names=True), "Features of each item, for content-based suggestions.", "{Opera: [music, stage]}"
    )
    suggest = f.word(SUGGESTED, "How suggestions are found.", "collaborative")
    to = f.text("Who gets the suggestions; in a social graph anybody, where it is missing.", "Ana", aka=("whom",))
    k = f.integer("How many suggestions are shown; 1 where nothing is said.", "2", aka=("top_k", "count"))
    suggested = f.field(
        MapOf(f.TEXTS, names=True), "Suggestions of your own, in place of computed ones.", "{Ana: [Opera]}"
    )

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check that there is one kind of relation, and that what is asked for can be computed from it."""
        super().finish(values, reading)
        given = [name for name in ("likes", "links") if self.has(name)]
        if len(given) != 1 and not self.partial:
            message = f"a figure of relations has either `likes` or `links`, not {'both' if given else 'none of them'}"
            where = self.key_at("links") if given else self.at("kind")
            hint = "keep one" if given else "write `likes: {Ana: [Drama, Opera], Ben: [Opera]}`"
            reading.error("FIG010", where, message, hint)
            return
        if not any(name in values for name in given):
            return  # What is wrong with it has been said.
        if "suggest" in values and "suggested" in values:
            reading.error("LNG018", self.key_at("suggested"), "suggestions are computed and written", "keep one")
        how = values.get("suggest", "")
        wrong = (how in _GRAPH and "likes" in values) or (how in SUGGESTED[:2] and "links" in values)
        if wrong:
            fit = _GRAPH if "links" in values else SUGGESTED[:2]
            message = f"`{how}` suggests nothing for `{given[0]}`"
            hint = f"write {' or '.join(f'`{one}`' for one in fit)}"
            reading.error("FIG010", self.at("suggest"), message, hint)
        if how == "content-based" and not self.features and not wrong:
            message = "content-based suggestions need the features of the items"
            reading.error("FIG010", self.at("suggest"), message, "write `features: {Opera: [music, stage]}`")
        if self.k == 0:
            reading.error("LNG013", self.at("k"), "`k` must be at least 1, not 0", "write how many are shown")
        self._check_names(values, reading)
        self._check_size(given[0] if given else "likes", reading)

    def _check_size(self, name: str, reading: Reading) -> None:
        """Report more users or items than a figure can show."""
        things = {thing for inner in (self.likes, self.links) for things in inner.values() for thing in things}
        count = len(things | set(self.links)) if self.links else max(len(things | set(self.features)), len(self.likes))
        if count > _MOST:
            message = f"a figure of relations shows at most {_MOST} users and items, not {count}"
            reading.error("FIG010", self.key_at(name), message, "show a part of them")
        lines = sum(len(others) for others in (self.links or self.likes).values())
        if lines > _MOST_LINES:
            message = f"a figure of relations shows at most {_MOST_LINES} lines, not {lines}"
            reading.error("FIG010", self.key_at(name), message, "show a part of them")

    def _check_names(self, values: dict[str, Any], reading: Reading) -> None:
        """Report users and items that the relations do not name."""
        related = values.get("likes") or values.get("links") or {}
        users = list(related)
        if "links" in values:
            users = list(dict.fromkeys(name for one, others in related.items() for name in (one, *others)))
        named = [(self.at("to"), values["to"])] if "to" in values else []
        named += [(self.key_at("suggested", name), name) for name in values.get("suggested", {})]
        for where, name in named:
            if name not in users:
                near = reading.nearest(name, users)
                hint = f"did you mean `{near}`?" if near else "write one of those who like or know something"
                reading.error("FIG010", where, f"`{name}` is not there", hint)
        self._check_suggested(values, related, users, reading)
        if "suggest" in values and "likes" in values and "to" not in values and not self.partial:
            reading.error(
                "FIG010",
                self.at("suggest"),
                "suggestions are for somebody",
                f"write `to: {users[0] if users else 'Ana'}`",
            )

    def _check_suggested(
        self, values: dict[str, Any], related: Mapping[str, Sequence[str]], users: Sequence[str], reading: Reading
    ) -> None:
        """Report suggestions of what is liked or known already, and of people who are not there."""
        pairs = {(one, other) for one, others in related.items() for other in others}
        both = pairs | {(other, one) for one, other in pairs} if "links" in values else pairs
        for one, others in values.get("suggested", {}).items():
            for at, other in enumerate(others):
                where = self.at("suggested", one, at) if len(others) > 1 else self.at("suggested", one)
                if (one, other) in both:
                    message = f"`{one}` {'knows' if 'links' in values else 'likes'} `{other}` already"
                    reading.error("FIG010", where, message, "suggest something else")
                elif "links" in values and (other not in users or other == one):
                    reading.error("FIG010", where, f"`{other}` cannot be suggested", "name somebody else of the graph")
