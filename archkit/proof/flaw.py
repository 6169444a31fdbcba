"""What the figure checker tells, and how strict it is."""

from __future__ import annotations

from dataclasses import dataclass

from archkit.drawing import Box

NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place where a drawing is not good.

    Args:
        point: Which of the nine points of a good drawing is missed: 1 text in shape, 2 labels, 3 arrows, 4 economy,
            5 page, 6 contrast, 7 reproducible, 8 self-contained, 9 accessible; 0 is for what is ugly in any case.
        code: Stable name of the check, as ``wire-through-node``.
        message: What is wrong, with ids and measured numbers.
        where: The place in the drawing; an empty box where it has none.
    """

    point: int
    code: str
    message: str
    where: Box = NOWHERE

    def __str__(self) -> str:
        box = self.where
        return f"{self.point} {self.code}: {self.message} (at {box.x:.0f},{box.y:.0f} {box.width:.0f}×{box.height:.0f})"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the checks; lengths in pixels.

    Args:
        spare: Least room between a text and the outline around it.
        width_error: Largest difference of a text's stated and measured width.
        reach: Largest distance of a label from its arrow.
        touch: Largest distance of an arrow's end from the outline it stands on.
        gap: Least distance of arrows that run side by side.
        clearance: Least distance of an arrow from a node, and of its end from a node's corner.
        border: Least distance of an arrow from the border of a lane or group that it runs along.
        head: Least length of the straight piece that ends in a head.
        jog: Least length of a piece between two bends.
        contrast: Least ratio of luminance of a text and what is behind it (WCAG 2.2, 1.4.3, level AA).
        aspect: Least and largest width : height of the page, None where any will do.
        print_size: Least type size in points on a landscape A4 page, 0 where any will do.
        print_nodes: Up to how many nodes ``print_size`` is asked for.
        slack: Error of computing with floats that no check may complain about.
        orthogonal: Whether arrows run level and upright only.
    """

    spare: float = 4.0
    width_error: float = 0.5
    reach: float = 12.0
    touch: float = 1.0
    gap: float = 6.0
    clearance: float = 6.0
    border: float = 3.0
    head: float = 10.0
    jog: float = 4.0
    contrast: float = 4.5
    aspect: tuple[float, float] | None = (0.5, 2.2)
    print_size: float = 6.5
    print_nodes: int = 25
    slack: float = 0.05
    orthogonal: bool = True


SYSTEM = Limits()
"""What system figures are held to."""

PICTURE = Limits(aspect=None, orthogonal=False)
"""What all other figures are held to."""
