"""What the course adds to the engine: a room for every exercise, judges, commands, samples.

A room, such as ``2_2_2_softmax``, holds ``public.py`` (the checks that students have),
``hidden.py`` (those that they have not) and ``chaffs.py`` (known mistakes).
"""
