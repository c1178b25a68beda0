"""A tenth of the first rate is taken off every 20 epochs."""

FAILS = ["5.2/rate_of_an_epoch"]


def decayed_rate(learning_rate, epoch):
    return learning_rate * (1 - 0.1 * (epoch // 20))
