"""The rate is multiplied by 0.9 in every epoch."""

FAILS = [
    "5.2/every_batch_is_a_step",
    "5.2/other_activations",
    "5.2/plain_descent",
    "5.2/rate_of_an_epoch",
    "5.2/rate_shrinks_in_training",
    "5.2/training_begins_at_rest",
    "5.2/weights_are_trained",
]


def decayed_rate(learning_rate, epoch):
    return learning_rate * 0.9**epoch
