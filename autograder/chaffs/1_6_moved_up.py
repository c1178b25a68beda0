"""The stretched sigmoid is moved up in place of down."""

FAILS = ["1.6/tanh_as_sigmoid"]


def tanh_as_sigmoid():
    return 2.0, 2.0, 1.0
