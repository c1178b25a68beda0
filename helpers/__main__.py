"""``python -m helpers [NOTEBOOK|ID ...]``: run the public checks in a terminal."""

import sys

from helpers.checking.terminal import main

sys.exit(main())
