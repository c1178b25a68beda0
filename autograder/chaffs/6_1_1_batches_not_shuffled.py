"""The batches come in the order of the data."""

FAILS = ["6.1.1/batches_are_random"]


def shuffled_batches(x, labels, batch_size):
    return list(zip(x.split(batch_size), labels.split(batch_size)))
