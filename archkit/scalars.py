"""A scalar → the value that a field expects of it, by the core schema of YAML 1.2, or why it is none."""

from __future__ import annotations

import re
from fractions import Fraction

from archkit.quantityhints import Problem, no_number, shown
from archkit.units import Dimension
from archkit.yamltree import Scalar

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
# What YAML 1.1 and people take for truth values.
_MEANT = {
    **dict.fromkeys(("yes", "y", "on", "true", "1"), "true"),
    **dict.fromkeys(("no", "n", "off", "false", "0"), "false"),
}
_WHOLE = r"[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)"
_DECIMAL = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_GROUPED = r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"


def is_null(scalar: Scalar) -> bool:
    """Return whether a scalar says nothing: no value at all, ``~`` or ``null``, without quotes."""
    return scalar.plain and scalar.text in NULLS


def as_text(scalar: Scalar) -> str | Problem:
    """Return a text, whatever it would mean elsewhere: ``no``, ``12`` and ``22:22`` are texts here."""
    if is_null(scalar):
        return _problem(scalar, "a text is missing", "write one, or leave the key out")
    return scalar.text


def as_bool(scalar: Scalar) -> bool | Problem:
    """Return a truth value: ``true`` or ``false``, without quotes."""
    text = scalar.text
    if scalar.plain and text in _TRUE:
        return True
    if scalar.plain and text in _FALSE:
        return False
    if is_null(scalar):
        return _problem(scalar, "a truth value is missing", "write `true` or `false`")
    meant = _MEANT.get(text.strip().lower())
    if meant and not scalar.plain:
        return _problem(scalar, f'"{shown(text)}" in quotes is a text', f"write `{meant}`, without quotes")
    hint = f"write `{meant}`" if meant else "write `true` or `false`"
    return _problem(scalar, f"`{shown(text)}` is not a truth value", hint)


def as_number(scalar: Scalar) -> int | Fraction | Problem:
    """Return a number without a unit, exactly: an int where it is written as one, a Fraction where it has decimals.

    Octal (``0o17``) and hexadecimal (``0xff``) whole numbers count, and so do thousands commas. Not so infinities and
    what is not a number, leading zeros, and exponents beyond 30, which are slips or attacks.
    """
    text = scalar.text.strip()
    if is_null(scalar) or not text:
        return _problem(scalar, "a number is missing", "write one, such as `10`")
    if len(text) > 60:
        return _problem(scalar, f"`{shown(text)}` is out of range", "write at most 60 characters")
    if re.match(r"[-+]?0[0-9_]", text):
        return _leading_zero(scalar, text)
    if re.fullmatch(_WHOLE, text):
        return int(text, 0)
    if re.fullmatch(_DECIMAL, text):
        exponent = re.split("[eE]", text)[1:]
        if exponent and abs(int(exponent[0])) > 30:
            return _problem(scalar, f"`{shown(text)}` is out of range", "write an exponent from -30 to 30")
        return Fraction(text)
    if re.fullmatch(_GROUPED, text):
        text = text.replace(",", "")
        return Fraction(text) if "." in text else int(text)
    return no_number(scalar.text, (Dimension.COUNT,))


def as_int(scalar: Scalar) -> int | Problem:
    """Return a whole number: as ``as_number``, where ``2.0`` is whole, too."""
    number = as_number(scalar)
    if isinstance(number, Fraction):
        if number.denominator != 1:
            hint = f"write `{round(number)}`" if abs(number) < 10**9 else "write it without decimals"
            return _problem(scalar, f"`{shown(scalar.text)}` is not a whole number", hint)
        return int(number)
    return number


def _leading_zero(scalar: Scalar, text: str) -> Problem:
    digits = text.replace("_", "").lstrip("+-").lstrip("0") or "0"
    sign = "-" if text[0] == "-" else ""
    message = f"`{shown(text)}` has a leading zero, which makes it octal in YAML 1.1 and not in YAML 1.2"
    if not re.fullmatch("[0-7]+", digits):
        return _problem(scalar, f"`{shown(text)}` has a leading zero", f"write `{sign}{digits}`")
    hint = f"write `{sign}{digits}`" + (f", or `0o{digits}` for {int(digits, 8)}" if digits != "0" and not sign else "")
    return _problem(scalar, message, hint)


def _problem(scalar: Scalar, message: str, hint: str) -> Problem:
    return Problem(message, hint, 0, len(scalar.text))
