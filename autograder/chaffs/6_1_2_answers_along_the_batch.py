"""The largest score is looked for over the examples, not over the classes."""

import torch

FAILS = ["6.1.2/classes_are_predicted", "6.1.2/prediction_of_many"]


def predict_classes(model, x):
    mode = model.training
    model.eval()
    with torch.no_grad():
        answers = model(x).argmax(dim=0)
    model.train(mode)
    return answers
