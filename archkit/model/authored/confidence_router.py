"""What happens at which score: bands from 0 to 1, what becomes of each, and the share of traffic in it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from archkit.model.design import FigureSpec
from archkit.reading import Reading
from archkit.shapes import fields as f
from archkit.shapes.containers import ListOf, Rec
from archkit.shapes.record import Record

MOST_BANDS = 6


class Band(Record, short="outcome", noun="band"):
    """Scores between two thresholds; words alone are what becomes of them."""

    outcome = f.text("What happens to what scores in it.", "left alone", required=True, aka=("action", "do", "title"))
    to = f.share("The score where it ends and the next one begins; 1 for the last band.", "0.6", aka=("below", "until"))
    share = f.share("Share of all scores that fall into it.", "97%", aka=("traffic",))
    people = f.flag("Whether people decide there.", aka=("human", "review"))
    note = f.text("A remark.", "wrong in 1 of 200 cases")
    waive = f.waive()


class ConfidenceRouterFigure(FigureSpec, noun="figure"):
    """A score from 0 to 1 cut into bands, each with its outcome."""

    bands: tuple[Band, ...] = f.field(
        ListOf(Rec(Band), single=False),
        "From score 0 on; the last one ends at 1.",
        "[{to: 0.6, outcome: left alone, share: 97%}, {to: 0.95, outcome: asks a person, people: true}, removed]",
    )
    score = f.text("What the score says.", "probability of harm")
    volume = f.rate("How much is scored; the requests of `requirements:` where it is missing.", "20M / d")

    def finish(self, values: dict[str, Any], reading: Reading) -> None:
        """Report bands that do not rise, and shares that are more or less than all."""
        super().finish(values, reading)
        if not self.bands or not self.whole("bands"):
            return
        if not 2 <= len(self.bands) <= MOST_BANDS:
            message = f"a score is cut into 2 to {MOST_BANDS} bands, not {len(self.bands)}"
            reading.error("FIG010", self.at("bands"), message, "write one for each outcome")
        before = Fraction(0)
        for at, band in enumerate(self.bands):
            last = at == len(self.bands) - 1
            if band.to is None and not last:
                if not band.has("to"):
                    hint = "write `to:` with the score where the next one begins"
                    reading.error("FIG010", band.span, f"it is not said where `{band.outcome}` ends", hint)
                continue
            end = band.to.value if band.to is not None else Fraction(1)
            if end <= before:
                message = "a band must end above the one before it"
                reading.error("FIG010", band.at("to"), message, "write bands from score 0 on")
            elif last and end != 1:
                reading.error("FIG010", band.at("to"), "the last band ends at 1", "leave `to:` out there")
            before = end
        self._check_shares(reading)

    def _check_shares(self, reading: Reading) -> None:
        """Report shares that together are not all; one that is not said is the rest."""
        said = [band.share.value for band in self.bands if band.share is not None]
        total, open_ = sum(said, Fraction(0)), len(self.bands) - len(said)
        if total > 1 or (said and not open_ and total != 1):
            message = f"the shares of all bands make {float(100 * total):g}%"
            reading.error("LNG018", self.at("bands"), message, "let them make 100%, or leave one out: it is the rest")
        elif said and open_ > 1:
            message = f"{open_} bands have no `share:`, so that none of them is known"
            reading.error("FIG010", self.at("bands"), message, "leave at most one out: it is the rest")

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The share of each band; nothing where they are not known."""
        said = [band.share.value if band.share is not None else None for band in self.bands]
        rest = 1 - sum((each for each in said if each is not None), Fraction(0))
        if all(each is None for each in said):
            return ()
        return tuple(rest if each is None else each for each in said)
