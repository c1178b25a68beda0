"""Classes are predicted in training mode."""

import torch

FAILS = ["6.1.2/prediction_is_in_evaluation_mode", "6.1.2/prediction_of_many"]


def predict_classes(model, x):
    with torch.no_grad():
        answers = model(x).argmax(dim=1)
    return answers
