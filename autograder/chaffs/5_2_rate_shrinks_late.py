"""The rate shrinks after epoch 20, one epoch too late."""

FAILS = ["5.2/rate_of_an_epoch", "5.2/rate_shrinks_in_training"]


def decayed_rate(learning_rate, epoch):
    return learning_rate * 0.9 ** ((epoch - 1) // 20 if epoch else 0)
