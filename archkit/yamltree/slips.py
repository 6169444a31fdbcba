"""What a YAML parser said when it gave up → what the writer of the file did, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from archkit.diagnostics import Diagnostic
from archkit.yamltree.look import (
    NO_SPACE,
    Failure,
    Slip,
    advice,
    bounds,
    column,
    content,
    indent,
    indentation,
    key,
    rest,
    shown,
)
from archkit.yamltree.nesting import (
    after_value,
    in_brackets,
    is_among_items,
    lone_colon,
    misaligned,
    no_value,
    text_after,
    unclosed,
)

__all__ = ["Failure", "Slip", "diagnose", "shown", "suspicious_lines"]


def diagnose(text: str, failure: Failure, index: int) -> Diagnostic:
    """Explain why a text is not YAML.

    Args:
        text: The whole text.
        failure: What the parser knew.
        index: Index of the file, for spans.

    Returns:
        One error. Its span starts where the writer's slip is, which is often earlier than where the parser stopped.
    """
    if "\t" in indentation(text, failure.at) and not failure.brackets and (slip := _tab(text, failure)):
        return slip.diagnostic(index)
    said = f"{failure.context}|{failure.problem}"
    last = text[slice(*failure.last)]
    in_quotes = "quoted" in failure.context or ("\n" in last and last[0] in ("'", '"'))
    if not in_quotes and (slip := unclosed(text, failure)) is not None:
        return slip.diagnostic(index)
    for words, explain in _EXPLANATIONS:
        if words in said and (slip := explain(text, failure)) is not None:
            return slip.diagnostic(index)
    return _unknown(text, failure).diagnostic(index)


def suspicious_lines(text: str, start: int, end: int) -> Slip | None:
    """Find what YAML reads as one text of several lines though it was hardly meant so.

    Args:
        text: The whole text.
        start: Offset of an unquoted text that goes on over several lines.
        end: Offset of its end.
    """
    lines = [(match.start(), match.group()) for match in re.finditer(r"\S.*", text[start:end])]
    for at, line in lines[1:]:
        if line.startswith("- ") or line == "-":
            hint = "start it in the same column as the items it belongs to, or quote the text if the dash is part of it"
            note = ("the text that goes on over the line with the dash starts here", start)
            return Slip("YML018", start + at, start + at + 1, "this `-` does not start a list item", hint, note)
    words = [line for _, line in lines]
    if len(words) > 1 and all(re.match(r"-[^\s>-]", word) for word in words):
        return Slip("YML020", start, start + 1, "no space follows this `-`", f"write `- {shown(words[0][1:])}`")
    if len(words) > 1 and all(re.match(NO_SPACE, word) for word in words):
        return _missing_space(start, words[0])
    return None


# One function for each thing that a parser complains about; None leaves it to the next one ----------------------------


def _tab(text: str, failure: Failure) -> Slip | None:
    at = failure.at
    margin = indentation(text, at)
    if "\t" not in margin:
        if text[at : at + 1] != "\t":
            return None
        return Slip("YML011", at, at + 1, "a tab stands here, where YAML wants a space", "replace the tab by a space")
    first = bounds(text, at)[0]
    end = first + len(margin)
    more = len(re.findall(r"^[ ]*\t", text[end:], re.MULTILINE))
    also = f"; {more} more lines start with one" if more > 1 else "; one more line starts with one" if more else ""
    hint = f"replace every tab at the start of a line by two spaces{also}"
    return Slip("YML011", first + margin.index("\t"), end, "a tab indents this line; YAML wants spaces", hint)


def _bad_start(text: str, failure: Failure) -> Slip | None:
    at = failure.at
    char = text[at : at + 1]
    if text[bounds(text, at)[0] : at].rstrip()[-1:] in ("'", '"', "]", "}") and (slip := text_after(text, failure)):
        return slip
    if char == ":" and failure.brackets:
        return lone_colon(text, at)
    if text.startswith("```", at) and not failure.brackets:
        whole = text[slice(*bounds(text, at))].strip()
        hint = "remove the line, and the one like it at the end"
        return Slip("YML019", at, at + len(whole), "this line belongs to Markdown, not to YAML", hint)
    names = {"`": "a backtick", "@": "`@`", "%": "`%`"}
    why = "starts a directive in YAML" if char == "%" else "is reserved in YAML"
    if char in ("|", ">"):
        why = "starts a text on the lines below and cannot stand in brackets"
    hint = "put quotes around the text" if failure.brackets else advice(rest(text, at), key(text, at))
    message = f"a value cannot begin with {names.get(char, f'`{char}`')}, which {why}"
    return Slip("YML019", at, at + 1, message, hint)


def _star(text: str, failure: Failure) -> Slip:
    at = failure.begin if failure.begin >= 0 else failure.at
    char = text[at : at + 1]
    use = "refers to an anchor" if char == "*" else "names an anchor"
    message = f"`{char}` at the start of a value {use}, which `{shown(rest(text, at))}` does not look like"
    hint = "put quotes around the text" if failure.brackets else advice(rest(text, at), key(text, at))
    return Slip("YML019", at, at + 1, message, hint)


def _second_colon(text: str, failure: Failure) -> Slip:
    at = failure.at
    start = failure.last[0]
    word = content(text, at)
    if start < word and "\n" in text[start:at]:
        return _deeper_key(text, failure, word)
    if at - word > 1024 and word == start:
        return Slip("YML020", at, at + 1, "a key has at most 1,024 characters", "shorten the key")
    name = key(text, at)
    if start < word or not name:
        return Slip("YML017", at, at + 1, "a `:` makes no sense here", "put quotes around the text that it belongs to")
    inner = shown(text[start:at].strip())
    message = f"a second `:` on this line, after the one of `{shown(name)}`"
    if inner.endswith(":"):
        after = shown(rest(text, at + 1).strip())
        return Slip("YML017", at, at + 1, message, f"write `{shown(name)}: {after}`" if after else "remove it")
    hint = advice(rest(text, start), name) + (f", or start a new line with `{inner}:`" if len(inner) < 30 else "")
    return Slip("YML017", at, at + 1, message, hint)


def _deeper_key(text: str, failure: Failure, word: int) -> Slip:
    """Explain a key on a line that YAML took for the continuation of a text."""
    start = failure.last[0]
    above = content(text, start)
    if above == start and column(text, start) == len(indentation(text, start)):
        return _no_colon_at(text, start)
    if above == start:
        return misaligned(text, word, failure.last)
    name = shown(text[word : failure.at].strip())
    parent = shown(key(text, start))
    if not parent:
        return _no_colon_at(text, word)
    message = f"`{name}` is indented deeper than `{parent}`, which already has a value"
    hint = f"{indent(column(text, above))} to put it beside `{parent}`, or remove the value of `{parent}`"
    return Slip("YML018", word, failure.at, message, hint, (f"the value of `{parent}`", start))


def _no_colon(text: str, failure: Failure) -> Slip:
    return _no_colon_at(text, failure.begin if failure.begin >= 0 else failure.at)


def _no_colon_at(text: str, start: int) -> Slip:
    """Explain a line that stands among keys and is none."""
    value = rest(text, start)
    end = start + len(value)
    if value.startswith(("->", "~>", "..>")):
        hint = "start every flow with `- ` and the component it leaves: `- a -> b`"
        return Slip("YML020", start, end, "a flow cannot begin with its arrow", hint)
    if re.match(r"-[^\s-]", value):
        return Slip("YML020", start, start + 1, "no space follows this `-`", f"write `- {shown(value[1:])}`")
    if re.match(NO_SPACE, value):
        return _missing_space(start, value)
    if value[:1] in ("'", '"') and not value[1:].endswith(value[0]):
        hint = f"close it with `{value[0]}`"
        return Slip("YML015", start, start + 1, "the text that this quote opens does not end on its line", hint)
    if len(value) > 1024:
        return Slip("YML020", start, end, "a key has at most 1,024 characters", "shorten the key")
    if is_among_items(text, start):
        message = f"`{shown(value)}` stands among list items and has no `-`"
        return Slip("YML020", start, end, message, f"write `- {shown(value)}`")
    word, _, more = value.partition(" ")
    hint = f"write `{shown(word)}: {shown(more.strip())}`" if more else f"write `{shown(word)}:`, or remove the line"
    if not re.match(r"\w", value):
        hint = "put a key and `: ` before it, or remove it"
    return Slip("YML020", start, end, f"`{shown(value)}` stands among keys and has no `:`", hint)


def _missing_space(start: int, value: str) -> Slip:
    name, _, more = value.partition(":")
    at = start + len(name)
    hint = f"write `{shown(name)}: {shown(more)}`"
    return Slip("YML020", at, at + 1, f"no space follows the `:` of `{shown(name)}`", hint)


def _misplaced_dash(text: str, failure: Failure) -> Slip:
    at = failure.at
    value = rest(text, at + 1).strip()
    name = shown(key(text, at))
    if not name:
        return Slip("YML025", at, at + 1, "a list item cannot start here", "start it on a line of its own")
    if re.match(r"[\d.]", value):
        hint = f"write `{name}: -{shown(value)}` for a negative number, or `{name}: [{shown(value)}]` for a list"
    elif value and not set(value) & set("[]{},:"):
        hint = f"write `{name}: [{shown(value)}]`, or put each item on a line of its own below `{name}:`"
    else:
        hint = f"put each item on a line of its own below `{name}:`, or quote the dash if it is text"
    return Slip("YML025", at, at + 1, f"a list item cannot start on the line of `{name}:`", hint)


def _misplaced_mark(text: str, failure: Failure) -> Slip:
    at = failure.at
    hint = advice(rest(text, at), key(text, at))
    return Slip("YML019", at, at + 1, "a value cannot begin with `? `, which starts a key in YAML", hint)


def _escape(text: str, failure: Failure) -> Slip:
    at = max(text.rfind("\\", 0, failure.at + 1), 0)
    match = re.compile(r"\\(?:x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|(?s:.)?)").match(text, at)
    written = match.group() if match else "\\"
    hint = r"write `\\` for a backslash, or use single quotes, where a backslash is itself: 'C:\path'"
    if written[1:2] in ("x", "u", "U"):
        want = {"x": 2, "u": 4, "U": 8}[written[1]]
        hint = f"`\\{written[1]}` wants the {want} hexadecimal digits of a Unicode character; {hint}"
    message = f"`{shown(written)}` is no escape sequence of a text in double quotes"
    return Slip("YML022", at, at + len(written), message, hint)


def _colon_in_text(text: str, failure: Failure) -> Slip:
    return lone_colon(text, failure.at)


def _open_quote(text: str, failure: Failure) -> Slip:
    start = failure.begin if failure.begin >= 0 else failure.at
    mark = text[start : start + 1]
    value = rest(text, start + 1)
    name = "single quote" if mark == "'" else "double quote"
    note = None
    if failure.at < len(text):
        note = ("it would have to end before this line, which separates documents", failure.at)
    hint = f"add `{mark}` after `{shown(value)}`" if value else f"add the closing `{mark}`, or remove this one"
    return Slip("YML015", start, start + 1, f"the text that this {name} opens is never closed", hint, note)


def _block_header(text: str, failure: Failure) -> Slip:
    at = failure.begin if failure.begin >= 0 else failure.at
    char = text[at : at + 1]
    if "indicator" in failure.problem and text[failure.at : failure.at + 1].isdigit():
        return Slip("YML024", at, failure.at + 1, f"`{char}` cannot be followed by 0", f"write `{char}` alone")
    message = f"`{char}` at the start of a value begins a text on the lines below, yet more stands on its own line"
    hint = advice(rest(text, at), key(text, at)) + f", or move the text below `{char}`"
    return Slip("YML024", at, at + 1, message, hint)


def _directive(text: str, failure: Failure) -> Slip:
    first, _ = bounds(text, failure.begin if failure.begin >= 0 else failure.at)
    line = rest(text, first)
    if "%" not in line[:1]:
        first, line = failure.at, rest(text, failure.at)
    message = "a line that begins with `%` is a directive to the YAML reader, which does not know this one"
    if line.startswith("%YAML"):
        message = f"`{shown(line)}` asks for another version of YAML than 1.1 and 1.2"
    return Slip("YML026", first, first + len(line), message, "remove the line, or indent and quote it if it is text")


def _tag(text: str, failure: Failure) -> Slip:
    at = failure.begin if failure.begin >= 0 else failure.at
    word = rest(text, at).split(" ")[0]
    message = f"`!` at the start of a value begins a tag, and `{shown(word)}` is no tag that means something here"
    hint = "put quotes around the text" if failure.brackets else advice(rest(text, at), key(text, at))
    return Slip("YML009", at, at + max(1, len(word)), message, hint)


def _after_document(text: str, failure: Failure) -> Slip | None:
    at = failure.at
    first = bounds(text, at)[0]
    if text[first:at].strip():
        return text_after(text, failure)
    word = rest(text, at)
    if word[:1] in ("&", "!"):
        return None
    if text[:first].rstrip().endswith("..."):
        return Slip(
            "YML008", at, at + len(word), "text follows the line `...`, which ends the file", "remove that line"
        )
    hint = "write all of it as `key: value` lines"
    return Slip("YML021", at, at + len(word), f"`{shown(word)}` follows a value that is the whole file", hint)


def _unknown(text: str, failure: Failure) -> Slip:
    at = min(failure.at, len(text))
    word = rest(text, at)[:40]
    if word[:1] in ("&", "!"):
        what = "anchor" if word[0] == "&" else "tag"
        message = f"a value can have one {what} only, and `{shown(word.split()[0])}` follows another"
        return Slip("YML019", at, at + 1, message, "put quotes around the text, or remove one of the two")
    hint = "look for a missing quote, bracket or space on this line or just above"
    message = f"`{shown(word)}` cannot be read as YAML here" if word else "the text cannot be read as YAML up to here"
    return Slip("YML030", at, at + len(word), message, hint)


_EXPLANATIONS: tuple[tuple[str, Callable[[str, Failure], Slip | None]], ...] = (
    ("tab character", _tab),
    ("any token", _tab),
    ("any token", _bad_start),
    ("mapping values", _second_colon),
    ("find expected ':'", _no_colon),
    ("sequence entries", _misplaced_dash),
    ("mapping keys", _misplaced_mark),
    ("alias|", _star),
    ("anchor|", _star),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("quoted scalar|", _open_quote),
    ("unexpected ':'", _colon_in_text),
    ("block scalar|", _block_header),
    ("',' or", in_brackets),
    ("directive", _directive),
    ("YAML document", _directive),
    ("tag", _tag),
    ("URI", _tag),
    ("expected key", after_value),
    ("'-' indicator", after_value),
    ("<block end>", after_value),
    ("<document start>", _after_document),
    ("node content", no_value),
)
