"""``python -m helpers [NOTEBOOK|ID ...]``: run the public checks in a terminal.

``python -m helpers data [fetch NAME]`` lists the data sets, or fetches one.
``python -m helpers read IMAGE ...`` reads photographed pages with the functions of notebook 4.
``python -m helpers sheet OUT.pdf`` writes a sheet to fill in with your own handwriting.
"""

import sys

if sys.argv[1:2] == ["data"]:
    from helpers.datasets.terminal import main

    sys.exit(main(sys.argv[2:]))

if sys.argv[1:2] == ["read"]:
    from helpers.own_reader import main

    sys.exit(main(sys.argv[2:]))

if sys.argv[1:2] == ["sheet"]:
    from helpers.sheets import main

    sys.exit(main(sys.argv[2:]))

from helpers.checking.terminal import main

sys.exit(main())
