"""Two colours → how well one is seen on the other, as the Web Content Accessibility Guidelines measure it."""

from __future__ import annotations

TEXT = 4.5
"""Least ratio of a text and what is behind it (WCAG 2.2, 1.4.3, level AA)."""
LINE = 3.0
"""Least ratio of a line that means something and what is behind it (WCAG 2.2, 1.4.11, level AA)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 for black to 1 for white.

    Source: WCAG 2.2, definition of relative luminance.
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
