"""Any text → text that the typeface can draw, without loading the typeface.

The tables of covered characters are copies of what the font files say (a test compares them), so that checking a
blueprint's words costs no font engine.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Literal

_UPRIGHT = """
20-7e a0-ac ae-17e 180 18f 192-193 1a0-1a1 1af-1b0 1c2 1cd-1dc 1e2-1e3 1e6-1e7 1ea-1eb 1f4-1f5 1f8-1f9 1fc-1fd
218-21b 237 243 250-25c 25e-268 26a 26c-276 278-27b 27d-27e 280-284 288-292 294-295 298-299 29c-29d 29f 2a1-2a2 2b0
2b2-2b3 2b7-2b9 2bb-2bc 2be-2bf 2c1 2c6-2cc 2d0-2d1 2d8-2de 2e0-2e3 300-30c 30f 311-313 318-320 323-32a 32c 32e-331
334 339-33d 342 345 361 374-375 37a 37e 384-38a 38c 38e-3a1 3a3-3ce 3d0-3d1 3d5 3d7 3d9 3db 3dd 3e1 400-45f 462-463
472-475 490-493 496-49b 4a0-4a3 4aa-4ab 4ae-4b3 4b6-4b7 4ba-4bb 4c0-4c2 4cf-4d1 4d4-4d9 4e2-4e3 4e6-4e9 4ee-4ef
4f2-4f3 1d43 1d47-1d49 1d4d 1d4f-1d50 1d52 1d56-1d58 1d5b 1d9c 1da0 1dbb 1e06-1e07 1e0c-1e0f 1e16-1e17 1e20-1e21
1e24-1e25 1e2a-1e2b 1e32-1e3b 1e3e-1e49 1e52-1e53 1e58-1e63 1e6c-1e6f 1e80-1e85 1e8e-1e8f 1e92-1e97 1e9e 1ea0-1ef9
1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb
1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2007 2012-2016 2018-201a 201c-201e 2020-2022 2026 202f-2030 2032-2033 2035 2039-203a
203c-203f 2044 2047-2049 2070-2071 2074-2079 207d-2089 208d-208e 2094 20a1 20a4 20a6-20a7 20a9 20ab-20ac 20ae
20b1-20b2 20b4-20b5 20b8-20ba 20bd 2113 2116-2117 2120 2122 2126 212e 2150-215e 2189 2190-2193 2202 2206 220f
2211-2212 2215 2219-221a 221e 222b 2248 2260 2264-2265 231c-231f 25a0 25b2-25b3 25b6-25b7 25bc-25bd 25c0-25c1 25c6
25c9-25ca 25cc 2610-2611 266a 2713 2752 27e6-27e7 2e22-2e25 2e3a-2e3b fb00-fb04 1f16a-1f16b
"""
_ITALIC_LACKS = """
132-133 14a-14b 166-167 193 1c2 1e2-1e3 1f4-1f5 1f8-1f9 1fc-1fd 250 252-258 25a-25c 25e-260 262-268 26a 26c-276
278-27b 27d-27e 280-284 288-292 294-295 298-299 29c-29d 29f 2a1-2a2 2c1 2d0-2d1 2de 2e0 305 311 318-31a 31c-320 325
329-32a 32c 32f-330 334 339-33d 342 345 361 374-375 37a 37e 384-38a 38c 38e-3a1 3a3-3bf 3c1-3ce 3d0-3d1 3d5 3d7 3d9
3db 3dd 3e1 400-45f 462-463 472-475 490-493 496-49b 4a0-4a3 4aa-4ab 4ae-4b3 4b6-4b7 4ba-4bb 4c0-4c2 4cf-4d1 4d4-4d9
4e2-4e3 4e6-4e9 4ee-4ef 4f2-4f3 1e32-1e33 1e3e-1e41 1e58-1e59 1e94-1e96 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d
1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2016 2035
203c-203f 2047-2049 20a9 20ae 20b4 20b8 20bd 2116 2150-2152 2155-215a 2189 25cc 27e6-27e7 2e3a-2e3b fb03-fb04
1f16a-1f16b
"""

# What a reader takes for the same sign; anyascii would say "E" for "∈" and ">" for "⇒". Words stand between spaces.
_STAND_INS = {
    **dict.fromkeys("‐‑⁃﹣－", "-"),
    **dict.fromkeys("⟶⇒⟹↦⇨➔➜➝➞➡", "→"),
    **dict.fromkeys("⟵⇐⟸⬅", "←"),
    **dict.fromkeys("⇑⬆↗", "↑"),
    **dict.fromkeys("⇓⬇↘", "↓"),
    **dict.fromkeys("↔⇔⟷⇄⇆⟺", "←→"),
    **dict.fromkeys("●⚫∙", "•"),
    **dict.fromkeys("✔✅☑", "✓"),
    **dict.fromkeys("✗✘✕❌", "×"),
    **dict.fromkeys("⋅・", "·"),
    **dict.fromkeys("≃≅", "≈"),
    **dict.fromkeys("∝∼", "~"),
    "⚠": "(!)",
    "≪": "<<",
    "≫": ">>",
    "∇": "grad ",
    "∈": " in ",
    "∉": " not in ",
    "∩": " and ",
    "∪": " or ",
    "⊂": " subset of ",
    "⊆": " subset of ",
    "∀": " for all ",
    "∃": " there is ",
    **{chr(0x2460 + n): f"({n + 1})" for n in range(20)},
}


@cache
def covered(cut: Literal["upright", "italic"] = "upright") -> frozenset[str]:
    """Return the characters that a cut of the typeface has a glyph for; both upright weights have the same ones."""
    upright = _characters(_UPRIGHT)
    return upright if cut == "upright" else upright - _characters(_ITALIC_LACKS)


def _characters(table: str) -> frozenset[str]:
    bounds = (entry.partition("-") for entry in table.split())
    return frozenset(chr(n) for low, _, high in bounds for n in range(int(low, 16), int(high or low, 16) + 1))


def missing(text: str) -> list[int]:
    """Return the offsets of characters that the face has no glyph for and no equal-looking stand-in.

    Controls, joiners and other characters that are never seen are not reported, nor are combining marks that compose
    with the letter before them.
    """
    if text.isascii() or covered().issuperset(text):
        return []
    found: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if not covered().issuperset(unicodedata.normalize("NFC", text[start:end])):
            found.extend(at for at in range(start, end) if not _is_fine(text[at]))
        start = end
    return found


def _is_fine(char: str) -> bool:
    """Return whether a character is drawn as itself, as an equal-looking sign or, rightly, not at all."""
    if char in covered() or char in _STAND_INS:
        return True
    # Zl, Zp and Zs are spaces; U+FE00 to U+FE0F choose between two looks of the emoji before them.
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Zs") or "\ufe00" <= char <= "\ufe0f"


@lru_cache(maxsize=1 << 14)
def drawable(text: str) -> str:
    """Return the text with every character replaced that the face cannot draw.

    Letters of other scripts, signs and emoji are transliterated (``北京`` becomes ``BeiJing``), spaces of all kinds and
    line ends become a space, controls and bidirectional overrides disappear. A text that needs nothing of it comes back
    as the same object, and doing it twice changes nothing.
    """
    if (text.isascii() and text.isprintable()) or (
        covered().issuperset(text) and unicodedata.is_normalized("NFC", text)
    ):
        return text
    composed = unicodedata.normalize("NFC", text)
    parts = [char if char in covered() else _replacement(char) for char in composed]
    result = _joined(parts)
    if composed.strip() and not result.strip():
        result = " ".join(f"U+{ord(char):04X}" for char in composed if not char.isspace())
    return result


def _replacement(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\v\f\r\x85":
        return " "
    if category in ("Cc", "Cf"):
        return ""
    if (known := _STAND_INS.get(char)) is not None:
        return known
    # Few texts come here; reading anyascii's data machinery at start-up would cost more than everything else here.
    from anyascii import anyascii

    plain: str = anyascii(char)
    if not plain and category in ("Cn", "Co", "Cs", "So"):
        return f"U+{ord(char):04X}"
    return plain


def _joined(parts: list[str]) -> str:
    """Join, with one space, not two, where a stand-in's own space meets one that was written."""
    text = ""
    padded = False
    for part in parts:
        if (padded and part[:1] == " ") or (len(part) > 1 and text[-1:] == " "):
            part = part[1:] if part[:1] == " " else part
        if part:
            padded = len(part) > 1 and part[-1] == " "
        text += part
    return text
