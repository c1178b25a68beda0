"""A record for gradients is kept while predicting."""

FAILS = ["6.1.2/prediction_of_many"]


def predict_classes(model, x):
    mode = model.training
    model.eval()
    answers = model(x).argmax(dim=1)
    model.train(mode)
    return answers
