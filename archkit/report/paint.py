"""Words → the same in the colours of a terminal."""

from __future__ import annotations

from archkit.diagnostics import Diagnostic, Severity

SEVERITIES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.ADVICE: "1;36"}
"""The colour of each severity, as a code of ``Paint``."""


class Paint:
    """Paints words, or leaves them as they are.

    Args:
        color: Whether what is written goes to a terminal that shows colours.
    """

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, words: str, code: str) -> str:
        """Return words in a colour; blank ones as they are.

        Args:
            words: What is written.
            code: What ANSI's "select graphic rendition" is told, such as ``1;31`` for strong and red.
        """
        return f"\x1b[{code}m{words}\x1b[0m" if self._color and words.strip() else words

    def strong(self, words: str) -> str:
        """Return words that stand out."""
        return self(words, "1")

    def label(self, finding: Diagnostic) -> str:
        """Return the severity and the code of a finding, as ``error[LNG003]``."""
        return self(f"{finding.severity.name.lower()}[{finding.code}]", SEVERITIES[finding.severity])
