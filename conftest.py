"""What every run of pytest needs, whichever tests it is asked for."""

pytest_plugins = ["tests.quick", "tests.spread", "tests.left_out"]
