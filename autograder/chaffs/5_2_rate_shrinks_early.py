"""Epochs are counted from 1, so the rate shrinks one epoch too early."""

FAILS = ["5.2/rate_of_an_epoch", "5.2/rate_shrinks_in_training"]


def decayed_rate(learning_rate, epoch):
    return learning_rate * 0.9 ** ((epoch + 1) // 20)
