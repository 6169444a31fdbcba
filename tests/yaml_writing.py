"""Random YAML as careless people write it: any indentation, any style, comments at every place where one may stand."""

from __future__ import annotations

from hypothesis import strategies as st

Draw = st.DrawFn

KEYS = ("a", "b2", "Which one?", "recall@5", "a -> b", "x-y", "'q'", '"k: 1"', "no", "12")
PLAIN = (
    "some words",
    "200 ms",
    "50B / day",
    "a->b",
    "$5",
    "1,000 users",
    "https://x.org/a#b",
    "~",
    "true",
    "-30",
    "é-c",
)
QUOTED = (
    '"a: b"',
    "'it''s'",
    '"yes"',
    "'4,000'",
    '"no need"',
    "'a \"b\" c'",
    '"tab\\t\\\\"',
    '"# c"',
    "''",
    '"- x"',
    "'p, q'",
)
SPREAD = (
    ("one two", "three", "", "four"),
    ('"one  ', "two\\", "  three", "", 'four"'),
    ("'one", "", "two'"),
)
TEXTS = (("one", "  deeper", "", "two  "), ("# no comment", "- no item"), ("only",), ("a: b", "", ""))


@st.composite
def documents(draw: Draw) -> str:
    """Draw a whole text."""
    writer = Writer(draw)
    lines = draw(st.sampled_from(([], [], [], ["---"], ["# head", "---  # opening"], ["%YAML 1.1", "---"])))
    lines = [*lines, *(writer.mapping(0, 3) if draw(st.integers(0, 5)) else writer.sequence(0, 3)), *writer.between()]
    ends = (*("", " ", "  ") * 8, "\t")  # some of the places where a tab may end a line are errors
    text = "".join(
        line + (draw(st.sampled_from(ends)) if not exact else "") + "\n" for line, exact in map(_marked, lines)
    )
    return text[:-1] if draw(st.integers(0, 4)) == 0 else text


EXACT = "\0"
"""Begins a line of a text whose spaces count."""


def _marked(line: str) -> tuple[str, bool]:
    return line.removeprefix(EXACT), line.startswith(EXACT)


class Writer:
    """Draws the parts of one text, whose comments are numbered in their order."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.comments = 0
        self.anchors = 0
        self.marked: list[str] = []

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def comment(self) -> str:
        self.comments += 1
        return f"#{self.draw(st.sampled_from((' ', '', '! ', ' key: ')))}{self.comments}"

    def behind(self, one_in: int = 4) -> str:
        """Draw a comment behind something, or nothing."""
        return self.draw(st.sampled_from((" ", "  ", "       "))) + self.comment() if self.chance(one_in) else ""

    def between(self, one_in: int = 3) -> list[str]:
        """Draw comments on lines of their own, at any column, and empty lines."""
        lines = []
        while self.chance(one_in):
            column = self.draw(st.integers(0, 9))
            lines.append(" " * column + self.comment() if self.draw(st.booleans()) else " " * (column % 3))
        return lines

    def mapping(self, indent: int, depth: int) -> list[str]:
        lines = []
        for number in range(self.draw(st.integers(1, 4))):
            lines += self.between()
            name = f"{self.draw(st.sampled_from(KEYS))}"
            key = f"{name[:-1]}{number}{name[-1]}" if name[0] in "'\"" else f"{name}{number}"
            if self.chance(12):
                self.anchors += 1
                key = f"&k{self.anchors} {key}"
            pad = " " * indent
            if self.chance(12):
                lines += [f"{pad}? {key}{self.behind()}", *self.value(f"{pad}:", indent, depth, True)]
            else:
                lines += self.value(f"{pad}{key}{self.draw(st.sampled_from(('', ' ')))}:", indent, depth, True)
        return lines

    def sequence(self, indent: int, depth: int) -> list[str]:
        lines = []
        for _ in range(self.draw(st.integers(1, 4))):
            lines += self.between()
            dash = " " * indent + "-"
            if depth and self.chance(4):
                step = self.draw(st.integers(1, 3))
                inner = (self.mapping if self.draw(st.booleans()) else self.sequence)(indent + 1 + step, depth - 1)
                if not inner[0].strip() or inner[0].strip()[0] == "#":
                    lines += [dash, *inner]
                else:
                    lines += [dash + inner[0][indent + 1 :], *inner[1:]]
            else:
                lines += self.value(dash, indent, depth, False)
        return lines

    def value(self, start: str, indent: int, depth: int, in_mapping: bool) -> list[str]:
        """Draw a value behind a key or dash."""
        kind = self.draw(st.integers(0, 11))
        mark = ""
        if kind < 9 and self.chance(8):
            self.anchors += 1
            mark = f" &m{self.anchors}"
        inner = indent + self.draw(st.integers(1, 4))
        if kind <= 2 and depth:
            if kind == 2 and in_mapping and self.draw(st.booleans()):
                inner = indent
            head = f"{start}{mark}{self.behind()}"
            body = (self.mapping if kind == 1 else self.sequence)(inner, depth - 1)
            lines = [head, *self.between(6), *body]
        elif kind == 3:
            brackets = self.flow(indent + 1, depth)
            above = [start + mark + self.behind(6), *self.between(8)] if self.chance(8) else []
            first = (" " * inner if above else f"{start}{mark} ") + brackets[0]
            lines = [*above, first, *brackets[1:]]
            lines[-1] += self.behind()
        elif kind == 4:
            spread = self.draw(st.sampled_from(SPREAD))
            others = [
                " " * self.draw(st.integers(indent + 1, indent + 6)) + line if line else "" for line in spread[1:]
            ]
            lines = [f"{start}{mark} {spread[0]}", *others]
            lines = [*(EXACT + line for line in lines[:-1]), lines[-1] + self.behind()]
        elif kind == 5:
            lines = self.block_text(start + mark, indent, inner)
        elif kind == 6:
            lines = [f"{start}{mark}{self.behind()}"] if not mark else [start]
            mark = ""
        elif kind >= 10 and self.marked:
            lines = [f"{start} *{self.draw(st.sampled_from(self.marked))}{self.behind()}"]
        else:
            word = self.draw(st.sampled_from(PLAIN + QUOTED))
            if self.chance(8):
                lines = [f"{start}{mark}{self.behind()}", *self.between(), f"{' ' * inner}{word}{self.behind()}"]
            else:
                lines = [f"{start}{self.draw(st.sampled_from((' ', '   ')))}{mark[1:] + ' ' if mark else ''}{word}"]
                lines[0] += self.behind()
        if mark:
            self.marked.append(mark[2:])
        return lines

    def block_text(self, start: str, indent: int, inner: int) -> list[str]:
        measured = self.draw(st.booleans())
        sign = self.draw(st.sampled_from("|>")) + (str(inner - indent) if measured else "")
        sign += self.draw(st.sampled_from(("", "-", "+")))
        texts = self.draw(st.sampled_from(TEXTS))
        if measured and self.draw(st.booleans()):
            texts = (f"   {texts[0]}", *texts[1:])
        rows = [EXACT + (" " * inner + line if line else "") for line in texts]
        return [f"{start} {sign}{self.behind()}", *rows, *[EXACT] * self.draw(st.integers(0, 2))]

    def flow(self, indent: int, depth: int) -> list[str]:
        """Draw a value in brackets, over one or several lines that are indented by something."""
        is_mapping = self.draw(st.booleans())
        spread = self.chance(3)
        lines = ["{" if is_mapping else "["]

        def turn(one_in: int) -> None:
            if spread and self.chance(one_in):
                lines[-1] += self.behind(3)
                lines.extend(f" {line}" if line.strip() else line for line in self.between(4))
                lines.append(" " * (indent + self.draw(st.integers(0, 4))))

        count = self.draw(st.integers(0, 4))
        for number in range(count):
            turn(2)
            if is_mapping:
                lines[-1] += f"{self.draw(st.sampled_from(('k', 'it is ')))}{number}:"
                turn(6)
                lines[-1] += self.draw(st.sampled_from((" ", "  ")))
            if depth and self.chance(4):
                inner = self.flow(indent, depth - 1)
                lines[-1] += inner[0]
                lines.extend(inner[1:])
            elif self.chance(12) and self.marked:
                lines[-1] += f"*{self.draw(st.sampled_from(self.marked))} "
            elif self.chance(6):
                lines[-1] += (
                    ", ".join(str(0.125 * at) for at in range(self.draw(st.sampled_from((1, 40)))))
                    if not is_mapping
                    else "5"
                )
            else:
                words = tuple(word for word in PLAIN if "," not in word) + QUOTED
                lines[-1] += self.draw(st.sampled_from(words))
            if number + 1 < count or self.chance(5):
                lines[-1] += self.draw(st.sampled_from((",", ", ", " , ")))
        turn(2)
        lines[-1] += "}" if is_mapping else "]"
        return lines
