"""The model stays in evaluation mode after the prediction."""

import torch

FAILS = ["6.1.2/prediction_is_in_evaluation_mode"]


def predict_classes(model, x):
    model.eval()
    with torch.no_grad():
        answers = model(x).argmax(dim=1)
    return answers
