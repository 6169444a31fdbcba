"""What holds for all tests: nothing is taken from, or left in, the cache of whoever runs them."""

from __future__ import annotations

import os

os.environ["ARCHKIT_CACHE"] = "off"
