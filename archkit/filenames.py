"""Any names → file names that every system takes and that stay in their folder."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable

# Names of devices that Windows keeps in every folder, with whatever suffix.
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{a}{n}" for a in ("com", "lpt") for n in "0123456789¹²³"
}
_NAME_BYTES = 100  # file systems allow 255; the suffix and a number must fit too


def safe_names(names: Iterable[str]) -> dict[str, str]:
    """Give each name a file name of its own.

    Args:
        names: What users call their figures or blueprints; repeated ones count once.

    Returns:
        For each name a file name without suffix that every system takes: it names nothing outside its folder and no
        device, and no two differ by case alone, so that none overwrites another on a disk that cannot tell them apart.
    """
    unique = list(dict.fromkeys(names))
    # Names that are safe as they are keep themselves, wherever they stand in the list.
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for name in sorted(unique, key=lambda name: safe_name(name) != name):
        wanted = candidate = safe_name(name)
        number = 1
        while candidate.casefold() in taken or (number > 1 and candidate in unique):
            number += 1
            candidate = f"{wanted}-{number}"
        taken.add(candidate.casefold())
        chosen[name] = candidate
    return {name: chosen[name] for name in unique}


def safe_name(name: str) -> str:
    """Return a file name without suffix that resembles a name and is safe on every system."""
    text = unicodedata.normalize("NFC", name)
    text = "".join(char if char.isalnum() or char in "-_.+" or unicodedata.combining(char) else "-" for char in text)
    text = text.strip(".-") or "figure"
    stem, dot, rest = text.partition(".")
    if stem.casefold() in _DEVICES:
        text = f"{stem}_{dot}{rest}"
    if len(text.encode()) <= _NAME_BYTES:
        return text
    # The checksum keeps two long names apart that begin alike.
    cut = text.encode()[: _NAME_BYTES - 9].decode(errors="ignore")
    return f"{cut}-{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}"
