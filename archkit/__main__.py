"""``python -m archkit`` → the command line."""

import sys

from archkit.cli import main

sys.exit(main())
