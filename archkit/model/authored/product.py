"""The surface of a product as a figure's data: a screen and the parts on it, from the top."""

from __future__ import annotations

from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.sentences import how_many
from archkit.shapes import fields as f
from archkit.shapes.containers import ListOf, Rec
from archkit.shapes.record import Record

SCREENS = ("browser", "phone", "editor")
"""Where it is seen."""

_BESIDE = ("note", "completion", "waive")  # keys of a part that are not what it is

_FULL = ("tabs", "chat", "code", "buttons", "columns")  # lists that are nothing without entries


class ScreenTiles(Record, short="titles"):
    """Things side by side or below each other; titles alone are enough."""

    title = f.text("Heads them.", "Recommended for you")
    item = f.text("What they are; it chooses the glyph.", "video")
    titles = f.texts("Their titles, or a title alone.", "[Space race, Moon base]")
    details = f.texts("What stands below each title.", "[12 min, 8 min]")
    count = f.integer("How many there are, where they have no titles.", "6")
    across = f.integer("How many stand side by side.", "3")
    button = f.text("What can be done with each.", "Connect", aka=("action",))
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check the numbers."""
        for name, most in (("count", 24), ("across", 6)):
            if name in values and not 1 <= values[name] <= most:
                message = f"`{name}` must be from 1 to {most}, not {values[name]}"
                reading.error("LNG013", self.at(name), message, "a picture shows no more")
        if len(self.details) > len(self.titles):
            message = f"there are {len(self.details)} details for {_titles(len(self.titles))}"
            reading.error("FIG010", self.key_at("details"), message, "write a title for each")


class ScreenPiece(Record, short="title"):
    """A post, a card, a video or an advertisement; words alone are its title."""

    title = f.text("What stands on it.", "Two hours in the snow")
    item = f.text("What is shown; it chooses the glyph.", "photo")
    by = f.text("Whose it is.", "Kim", aka=("author",))
    text = f.text("A few words.", "The dogs had never seen snow")
    buttons = f.texts("What can be done with it.", "[Like, Comment]", aka=("actions",))
    waive = f.waive()


class ChatLine(Record, noun="message"):
    """A message in a conversation."""

    user = f.text("What the user writes.", "Which trains go to Porto?")
    answer = f.text("What the product writes.", "Three, the first at 8:04", aka=("assistant", "reply"))
    source = f.text("Where an answer comes from.", "timetable.pdf")
    waive = f.waive()


class ScreenPart(Record, noun="part of a screen"):
    """One part of a screen: exactly one of its kinds, with what the system decides there."""

    search = f.text("A search box with these words in it.", "dogs playing in the snow")
    tabs = f.texts("Tabs, the first of them open.", "[For you, Following]")
    heading = f.text("A heading.", "Results")
    text = f.text("A line of text.", "About 1,200 results")
    grid = f.record(ScreenTiles, "Tiles side by side.", "{item: video, count: 6, across: 3}")
    list = f.record(ScreenTiles, "Results below each other.", "{item: person, titles: [Kim, Lea], button: Connect}")
    post = f.record(ScreenPiece, "A post in a feed.", "{by: Kim, item: photo, buttons: [Like, Comment]}")
    card = f.record(ScreenPiece, "A card.", "{title: Loft in Lisbon, item: house}")
    player = f.record(ScreenPiece, "A video that plays.", "{title: Space race}")
    ad = f.record(ScreenPiece, "An advertisement.", "{title: Tents, item: product}")
    map = f.texts("A map with pins.", "[Concert, Market]")
    photo = f.record(ScreenPiece, "One large picture.", "{item: car, title: a street}")
    chat = f.field(ListOf(Rec(ChatLine), single=False), "A conversation.", "[{user: Which trains?, answer: Three}]")
    code = f.texts("Lines of code, in a list or as one text of several lines.", '["def mean(values):"]')
    completion = f.text("What is suggested behind the last line of code.", "return sum(values) / len(values)")
    buttons = f.texts("Buttons.", "[Like, Share]")
    note = f.text(
        "What the system decides here; it is numbered and explained beside the screen.", "ranked by relevance"
    )
    waive = f.waive()

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Check that it is one thing."""
        kinds = [name for name in self.names() if name not in _BESIDE]  # strangers among them, which are told already
        if len(kinds) != 1 and not self.partial:
            message = f"a part of a screen is one thing, not {len(kinds) or 'nothing'}"
            hint = "write `- {search: words}` and the like, each part for itself"
            reading.error("FIG010", self.key_at(kinds[1]) if kinds else self.place, message, hint)
        empty = [name for name in kinds if name in _FULL and name in values and not values[name]]
        if empty and not self.partial:
            message = f"`{empty[0]}` has nothing in it"
            reading.error("FIG010", self.key_at(empty[0]), message, "write what is there, or leave the part out")
        if "completion" in values and "code" not in values:
            message = "`completion` goes with `code`"
            reading.error("FIG010", self.key_at("completion"), message, 'write `code: ["def mean(values):"]`')

    @property
    def kind(self) -> str:
        """What it is."""
        kinds = [name for name, _ in self.written() if name not in _BESIDE]
        return kinds[0] if kinds else ""


class ScreenSection(ScreenPart, noun="part of a screen"):
    """A part of a screen, or several columns of parts."""

    columns = f.field(
        ListOf(ListOf(Rec(ScreenPart), single=False), single=False),
        "Parts side by side, in columns.",
        "[[{player: Space race}], [{list: [Moon base]}]]",
        key="columns",
    )


class ProductFigure(FigureSpec, noun="figure"):
    """A mock-up of what users see, with numbered explanations of what the system decides."""

    screen = f.word(SCREENS, "Where it is seen; a browser where nothing is said.", "phone")
    address = f.text(
        "What stands in the address line of a browser, or in the title of another screen.", "videos.example"
    )
    parts = f.field(
        ListOf(Rec(ScreenSection), single=False), "What is on it, from the top.", "[{search: dogs}, {text: two}]",
        required=True,
    )  # fmt: skip


def _titles(count: int) -> str:
    return how_many(count, "title")
