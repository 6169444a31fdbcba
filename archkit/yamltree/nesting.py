"""A parser's complaint about brackets or indentation → the slip behind it."""

from __future__ import annotations

import re

from archkit.yamltree.look import (
    Failure,
    Slip,
    advice,
    bounds,
    column,
    content,
    indent,
    indentation,
    key,
    number,
    rest,
    shown,
    spaces,
)

_CLOSER = {"[": "]", "{": "}"}


def in_brackets(text: str, failure: Failure) -> Slip | None:
    """Explain what stands where a comma or a closing bracket belongs."""
    at, begin = failure.at, failure.begin
    char = text[at : at + 1]
    if not char or begin < 0:
        return _never_closed(text, begin if begin >= 0 else at)
    if char in ("]", "}"):
        return _mismatch(text, at, begin)
    start, end = failure.last
    if char == ":" and start > begin:
        return _colon_in_brackets(text, at, start)
    if text[at - 1] in ("'", '"') and end == at:
        return _tight_quote(text, start, end) or text_after(text, failure)
    return _comma(text, at, text[start:end])


def _tight_quote(text: str, start: int, end: int) -> Slip | None:
    """Explain a quote that follows a colon without a space, and so belongs to the key: ``{title:"a [b]"}``."""
    found = re.fullmatch(r"([A-Za-z_][\w.@ -]*):[\"'].*", text[start:end], re.DOTALL)
    if not found:
        return None
    at = start + len(found[1])
    name = shown(found[1])
    return Slip("YML020", at, at + 1, f"no space follows the `:` of `{name}`", "put a space before the quote")


def _comma(text: str, at: int, before: str) -> Slip:
    word = shown(re.split(r"[\s,\]}:]", rest(text, at), maxsplit=1)[0] or text[at : at + 1])
    hint = f"write `{shown(before)}, {word}`"
    return Slip("YML023", at, at + len(word), f"a comma is missing before `{word}`", hint)


def _colon_in_brackets(text: str, at: int, start: int) -> Slip:
    """Explain a colon inside brackets after a value that has one already."""
    value = text[start:at].rstrip()
    split = max(value.rfind(" "), value.rfind("\n")) + 1
    if split and value[0] not in ("'", '"'):
        return _comma(text, start + split, value[:split])
    hint = f"quote the text, or put a comma before `{shown(value)}`"
    return Slip("YML017", at, at + 1, f"a second `:` after `{shown(value)}`, which is a value already", hint)


def unclosed(text: str, failure: Failure) -> Slip | None:
    """Find out whether a bracket was left open some lines above: whether an entry begins that is outside of it.

    A root in brackets says nothing here, because its keys may stand in the column of its bracket.
    """
    if not failure.brackets:
        return None
    outer = failure.brackets[0]
    base = len(indentation(text, outer))
    first, last = text.find("\n", outer) + 1, bounds(text, failure.at)[0]
    if not 0 < first <= last or not text[bounds(text, outer)[0] : outer].strip():
        return None
    while first <= last:
        is_entry = bool(key(text, first)) or text.startswith("- ", first + base)
        if len(indentation(text, first)) <= base and is_entry:
            return _never_closed(text, failure.brackets[-1])
        first = bounds(text, first)[1] + 1
    return None


def _never_closed(text: str, begin: int) -> Slip:
    opener = text[begin : begin + 1]
    closer = _CLOSER.get(opener, "]")
    line = rest(text, begin)
    hint = f"add `{closer}`" + (f" after `{shown(line)}`" if len(line) < 40 and line.count(opener) == 1 else "")
    hidden = line.find("#")
    if 0 < hidden < line.find(closer):
        hint = f"the `#` starts a comment, which hides the `{closer}`: put quotes around the text that it belongs to"
    return Slip("YML016", begin, begin + 1, f"this `{opener}` is never closed", hint)


def _mismatch(text: str, at: int, begin: int) -> Slip:
    opener, char = text[begin], text[at]
    note = (f"opened here, on line {number(text, begin)}", begin)
    hint = f"write `{_CLOSER.get(opener, ']')}` here, or add it before"
    return Slip("YML016", at, at + 1, f"`{char}` cannot close `{opener}`", hint, note)


def no_value(text: str, failure: Failure) -> Slip | None:
    """Explain what stands where a value belongs."""
    at = failure.at
    char = text[at : at + 1]
    if failure.brackets:
        begin = failure.brackets[-1]
        if not char:
            return _never_closed(text, begin)
        if char in ("]", "}"):
            return _mismatch(text, at, begin) if _CLOSER.get(text[begin]) != char else None
        if char == ",":
            return Slip("YML023", at, at + 1, "nothing stands before this comma", "remove one of the commas")
        if char == ":":
            return lone_colon(text, at)
        if char == "-":
            hint = "separate items by commas: `[a, b]`"
            return Slip("YML025", at, at + 1, "inside brackets a list item has no dash", hint)
        return None
    if char in ("]", "}"):
        return _closes_nothing(text, at)
    if not char:
        return None
    hint = advice(rest(text, at), key(text, at))
    return Slip("YML019", at, at + 1, f"a value cannot begin with `{char}`", hint)


def lone_colon(text: str, at: int) -> Slip:
    """Explain a colon inside brackets that has no key before it, or no space behind it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if re.match(r"\w", before) and not after.isspace():
        name = shown(re.split(r"[\s,\[{]", text[bounds(text, at)[0] : at])[-1])
        if after in (",", "]", "}"):
            hint = "write a value after it, or put quotes around the text"
            return Slip("YML020", at, at + 1, f"nothing follows the `:` of `{name}`", hint)
        return Slip("YML020", at, at + 1, f"no space follows the `:` of `{name}`", f"write `{name}: …`")
    hint = "write a key before it, or put the text in quotes that it belongs to"
    return Slip("YML019", at, at + 1, "neither a key nor a value can begin with `:`", hint)


def _closes_nothing(text: str, at: int) -> Slip:
    opener = "[" if text[at] == "]" else "{"
    hint = f"remove it, add the `{opener}` that it closes, or put quotes around the text"
    return Slip("YML016", at, at + 1, f"this `{text[at]}` closes nothing", hint)


def after_value(text: str, failure: Failure) -> Slip | None:
    """Explain what stands where the next key, the next item or an end belongs."""
    at = failure.at
    char = text[at : at + 1]
    first = bounds(text, at)[0]
    before = text[first:at].rstrip()
    if char in ("]", "}"):
        return _closes_nothing(text, at)
    if char == ":" and content(text, at) == at:
        return Slip("YML020", at, at + 1, "no key stands before this `:`", "write the key, or remove the `:`")
    if before.strip(" -"):
        return text_after(text, failure)
    return misaligned(text, at, failure.last)


def text_after(text: str, failure: Failure) -> Slip | None:
    """Explain what follows a closing quote, a closing bracket or an alias on the same line."""
    at = failure.at
    start, end = failure.last
    before = text[bounds(text, at)[0] : at].rstrip()
    follows = rest(text, at)
    if follows.startswith(",") and not failure.brackets:
        return Slip("YML021", at, at + 1, "a comma follows the value", "remove it: commas stand inside brackets only")
    if before[-1:] in ("]", "}"):
        hint = "put quotes around the whole text, or remove one of the two"
        if re.match(r"->|~>|\.\.>", follows):
            hint = "name one component at each end of an arrow, and write one flow for each branch"
        return Slip("YML021", at, at + len(follows), f"`{shown(follows)}` follows a closing bracket", hint)
    if text[start : start + 1] in ("'", '"') and before[-1:] == text[start]:
        return _after_quote(text, failure, follows)
    if text[start : start + 1] == "*":
        hint = advice(rest(text, start), key(text, at))
        message = f"`{shown(follows)}` follows `{shown(text[start:end])}`, which refers to an anchor"
        return Slip("YML021", at, at + len(follows), message, hint)
    return None


def _after_quote(text: str, failure: Failure, follows: str) -> Slip:
    at = failure.at
    start, end = failure.last
    mark = text[start]
    name = "single quote" if mark == "'" else "double quote"
    if "\n" in text[start:end]:
        value = rest(text, start + 1)
        note = (f"it runs until this {name} on line {number(text, end - 1)}", end - 1)
        hint = f"close it with `{mark}` after `{shown(value)}`" if value else f"remove this {name}, or close it"
        return Slip(
            "YML015", start, start + 1, f"the text that this {name} opens is not closed on its line", hint, note
        )
    whole = rest(text, start)
    inner = whole[1:-1] if len(whole) > 2 and whole.endswith(mark) else ""
    name_ = key(text, at)
    if failure.brackets:
        hint = "put a comma between the two, or write a quote inside a text twice, as in 'it''s'"
    elif inner:
        hint = advice(inner, name_)
    else:
        hint = advice(whole, name_)
    return Slip("YML021", at, at + len(follows), f"`{shown(follows)}` follows the closing {name}", hint)


def misaligned(text: str, at: int, last: tuple[int, int]) -> Slip:
    """Explain a line whose first word stands in a column that fits nothing above.

    Args:
        text: The whole text.
        at: Offset of the word.
        last: Start and end of the last value before it.
    """
    where = column(text, at)
    name = key(text, at)
    is_item = text[at : at + 2] in ("- ", "-\n", "-")
    word = "this list item" if is_item else f"`{shown(name or rest(text, at))}`"
    end = at + (1 if is_item else max(1, len(name)))
    beside = _columns_above(text, at)
    kinds = "-" if is_item else ":" if name else ": "
    fits = sorted({col: words for col, kind, words in reversed(beside) if kind in kinds}.items())
    lower = [found for found in fits if found[0] < where][-1:]
    higher = [found for found in fits if found[0] > where][:1]
    ways = " or ".join(f"{indent(col)} to put it beside `{words}`" for col, words in (*lower, *higher))
    same = next((words for col, kind, words in beside if col == where and kind not in kinds), None)
    if same is not None and is_item:
        hint = ways or "indent it below the key it belongs to, or write a key in place of the `-`"
        return Slip("YML018", at, end, f"a list item stands among keys, beside `{same}`", hint)
    if same is not None:
        hint = "put `- ` before it to make it an item, or indent it by two spaces to put it into the item above"
        return Slip("YML018", at, end, f"{word} stands among list items", hint)
    if name and lower and not higher and text[last[0] : at].strip():
        message = f"{word} is indented deeper than `{lower[0][1]}`, which already has a value"
        return Slip("YML018", at, end, message, ways)
    message = f"{word} is indented by {spaces(where)}, which fits nothing above it"
    return Slip("YML018", at, end, message, ways or "begin it in the same column as its neighbours")


def is_among_items(text: str, at: int) -> bool:
    """Return whether the nearest thing above in an offset's column is a list item."""
    where = column(text, at)
    return next((kind == "-" for col, kind, _ in _columns_above(text, at) if col == where), False)


def _columns_above(text: str, at: int) -> list[tuple[int, str, str]]:
    """Return what an entry could stand beside, nearest first: column, ``-`` or ``:`` or space for no entry, words."""
    found: list[tuple[int, str, str]] = []
    limit = 1 << 30
    kind = " "
    end = bounds(text, at)[0] - 1
    while end >= 0 and (limit > 0 or kind == "-"):
        first = text.rfind("\n", 0, end) + 1
        bare = text[first:end].lstrip(" ")
        col = end - first - len(bare)
        # A list may stand in the column of its key.
        if bare and bare[0] != "#" and (col < limit or (col == limit and kind == "-" and bare[:2] != "- ")):
            inner = content(text, first)
            name = key(text, inner)
            kind, words = (":", name) if name else (" ", rest(text, inner))
            if col < inner - first < limit:
                found.append((inner - first, kind, shown(words, 30)))
            if bare.startswith("- "):
                kind, words = "-", bare
            found.append((col, kind, shown(words, 30)))
            limit = col
        end = first - 1
    return found
