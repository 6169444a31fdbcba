"""SVG markup → pixels, for tests that look at what is drawn."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

import resvg


class Pixels(NamedTuple):
    """RGBA pixels of a picture, not premultiplied."""

    width: int
    height: int
    rows: tuple[bytes, ...]

    def ink(self, alpha: int = 128) -> list[tuple[int, int]]:
        """Return (x, y) of all pixels at least as opaque as ``alpha``."""
        return [(x, y) for y, row in enumerate(self.rows) for x, opaque in enumerate(row[3::4]) if opaque >= alpha]

    def on_white(self, x: int, y: int) -> tuple[int, int, int]:
        """Return the colour of a pixel on white paper."""
        red, green, blue, alpha = self.rows[y][4 * x : 4 * x + 4]
        return tuple((value * alpha + 255 * (255 - alpha)) // 255 for value in (red, green, blue))  # type: ignore[return-value]


def _unfilter(kind: int, line: bytearray, above: bytes) -> bytes:
    """Undo one line's PNG filter (PNG specification, section 9.2), 4 bytes a pixel."""
    for i in range(len(line)):
        left, up, corner = (line[i - 4] if i >= 4 else 0), above[i], (above[i - 4] if i >= 4 else 0)
        if kind == 1:
            line[i] = (line[i] + left) & 255
        elif kind == 2:
            line[i] = (line[i] + up) & 255
        elif kind == 3:
            line[i] = (line[i] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))
            line[i] = (line[i] + near[2]) & 255
    return bytes(line)


def decode(png: bytes) -> Pixels:
    """Decode a PNG as resvg writes it: 8-bit RGBA, not interlaced."""
    at, data, width, height = 8, b"", 0, 0
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 6)
        elif kind == b"IDAT":
            data += body
        at += 12 + size
    raw, stride, rows = zlib.decompress(data), 4 * width + 1, [bytes(4 * width)]
    for y in range(height):
        line = raw[y * stride : (y + 1) * stride]
        rows.append(_unfilter(line[0], bytearray(line[1:]), rows[-1]))
    return Pixels(width, height, tuple(rows[1:]))


def rasterise(svg: str) -> Pixels:
    """Draw SVG markup of whole pixels without any font."""
    tree = resvg.usvg.Tree.from_str(svg, resvg.usvg.Options.default())
    return decode(bytes(resvg.render(tree, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0))))
