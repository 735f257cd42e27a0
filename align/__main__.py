"""`python -m align` -> the command line."""

from __future__ import annotations

import sys

from align.cli import main

sys.exit(main())
