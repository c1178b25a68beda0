"""The largest score comes back, not the class that has it."""

import torch

FAILS = ["6.1.2/classes_are_predicted", "6.1.2/prediction_of_many"]


def predict_classes(model, x):
    mode = model.training
    model.eval()
    with torch.no_grad():
        answers = model(x).max(dim=1).values
    model.train(mode)
    return answers
