"""``python -m helpers [NOTEBOOK|ID ...]``: run the public checks in a terminal.

``python -m helpers data [fetch NAME]`` lists the data sets, or fetches one.
"""

import sys

if sys.argv[1:2] == ["data"]:
    from helpers.datasets.terminal import main

    sys.exit(main(sys.argv[2:]))

from helpers.checking.terminal import main

sys.exit(main())
