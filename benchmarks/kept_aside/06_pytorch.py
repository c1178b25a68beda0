"""Mistakes of notebook 6 that were written down before anybody looked at which checks see them.

They are typical of what students do, and no chaff equals one of them.
"""

from autograder.judging.chaffs import Chaff

MISTAKES = {
    "6.1.1": [
        Chaff("relu_for_sigmoid", "The hidden layer has a ReLU.", """
            - model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
            + model = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))
            """, fails=["?"], says=r"ReLU"),
        Chaff("transpose_forgotten", "The weights are copied without the transpose.", """
            - layer.weight.copy_(torch.tensor(params['W' + name]).T)
            + layer.weight.copy_(torch.tensor(params['W' + name]))
            """, fails=["?"], says=r"transpos|match"),
        Chaff("gradients_softmax_twice", "A softmax comes before the cross-entropy.", """
            - F.cross_entropy(model(x), labels, reduction='sum').backward()
            + F.cross_entropy(model(x).softmax(dim=1), labels, reduction='sum').backward()
            """, fails=["?"], says=r"softmax"),
        Chaff("nll_without_log_softmax", "nll_loss is called with the scores.", """
            - F.cross_entropy(model(x), labels, reduction='sum').backward()
            + F.nll_loss(model(x), labels, reduction='sum').backward()
            """, fails=["?"], says=r"nll|log-softmax|logarithm|cross.entropy"),
        Chaff("parameters_for_gradients", "The parameters come back, not the gradients.", """
            - return {name: p.grad.clone() for name, p in model.named_parameters()}
            + return {name: p.detach().clone() for name, p in model.named_parameters()}
            """, fails=["?"], says=r"parameters (themselves|,)|are the (weights|parameters)"),
        Chaff("gradients_in_a_list", "The gradients come back as a list.", """
            - return {name: p.grad.clone() for name, p in model.named_parameters()}
            + return [p.grad.clone() for p in model.parameters()]
            """, fails=["?"], says=r"list, not a dict"),
        Chaff("two_lists_of_batches", "The batches of x and of labels come in two tuples.", """
            - return [(x[rows], labels[rows]) for rows in order.split(batch_size)]
            + return x[order].split(batch_size), labels[order].split(batch_size)
            """, fails=["?"], says=r"pair"),
        Chaff("loss_and_accuracy_swapped", "The accuracy comes first.", """
            - return total_loss / seen, right / seen
            + return right / seen, total_loss / seen
            """, fails=["?"], says=r"accuracy.*(first|in its place)|swapped|other way|changed places"),
        Chaff("measure_swapped", "The accuracy comes first.", """
            - return loss, accuracy
            + return accuracy, loss
            """, fails=["?"], says=r"accuracy.*(first|in its place)|swapped|other way|changed places"),
        Chaff("mean_of_batch_accuracies", "The accuracy is the mean of the batches' accuracies.", """
            - right += (scores.argmax(dim=1) == labels).sum().item()
            + right += (scores.argmax(dim=1) == labels).float().mean().item()

            - return total_loss / seen, right / seen
            + return total_loss / seen, right / len(batches)
            """, fails=["?"], says=r"mean of the batches|small batch"),
        Chaff("zeroed_before_the_step", "The gradients are set to zero just before the step.", """
            - optimiser.zero_grad()

              loss.backward()
            + optimiser.zero_grad()
            """, fails=["?"], says=r"not changed"),
        Chaff("accuracy_of_the_last_batch", "The accuracy is that of the last batch.", """
            - right += (scores.argmax(dim=1) == labels).sum().item()
            + right = (scores.argmax(dim=1) == labels).sum().item() * 3 / len(x)

            - return total_loss / seen, right / seen
            + return total_loss / seen, right / 3
            """, fails=["?"], says=r"last batch"),
        Chaff("accuracy_in_percent", "The accuracy is in per cent.", """
            - accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
            + accuracy = 100 * (scores.argmax(dim=1) == labels).float().mean().item()
            """, fails=["?"], says=r"per ?cent|%"),
        Chaff("adam_is_descent", "'adam' is not looked at: plain descent comes back.", """
            - if kind == 'adam':
            + if kind == 'Adam':
            """, fails=["?"], says=r"plain|descent"),
        Chaff("rate_of_sgd_forgotten", "The learning rate is not handed to SGD.", """
            - model.parameters(), lr=learning_rate, momentum=momentum, weight_decay=decay
            + model.parameters(), momentum=momentum, weight_decay=decay
            """, fails=["?"], says=r"learning rate|0\.001"),
        Chaff("decay_too_large", "The weight decay is 0.1.", """
            - decay = 0.01 if kind == 'decay' else 0
            + decay = 0.1 if kind == 'decay' else 0
            """, fails=["?"], says=r"decay"),
        Chaff("dropout_before_the_sigmoid", "Dropout comes before the sigmoid.", """
            - return nn.Sequential(first, bend, nn.Dropout(p), last)
            + return nn.Sequential(first, nn.Dropout(p), bend, last)
            """, fails=["?"], says=r"before the sigmoid"),
        Chaff("dropout_of_one_half", "The probability is left at its default.", """
            - return nn.Sequential(first, bend, nn.Dropout(p), last)
            + return nn.Sequential(first, bend, nn.Dropout(), last)
            """, fails=["?"], says=r"`?p`?|half|probability"),
    ],
    "6.1.2": [
        Chaff("array_returned", "An array comes back, not a tensor.", """
            - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
            + return 1 - x.reshape(-1, 1, 32, 32).astype(np.float32)
            """, fails=["?"], says=r"tensor"),
        Chaff("inverted_as_bytes", "The images are inverted as if they were bytes.", """
            - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
            + return 255 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
            """, fails=["?"], says=r"byte|as if paper were"),
        Chaff("padding_two", "The padding is 2.", """
            -     layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
            +     layers += [nn.Conv2d(before, after, 3, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
            + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 5 * 5, n_classes))
            """, fails=["?"], says=r"padding|1600|linear layer"),
        Chaff("other_numbers_of_filters", "There are 32, 64 and 128 filters.", """
            - for before, after in [(channels, 16), (16, 32), (32, 64)]:
            + for before, after in [(channels, 32), (32, 64), (64, 128)]:

            - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
            + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 4 * 4, n_classes))
            """, fails=["?"], says=r"filters|channels"),
        Chaff("two_blocks", "There are two blocks only.", """
            - for before, after in [(channels, 16), (16, 32), (32, 64)]:
            + for before, after in [(channels, 16), (16, 32)]:

            - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
            + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(32 * 8 * 8, n_classes))
            """, fails=["?"], says=r"(2|two|#) convolutions|blocks|how many|number of conv"),
        Chaff("lengths_counted", "The lengths of the arrays are added up.", """
            - return sum(parameter.numel() for parameter in model.parameters())
            + return sum(len(parameter) for parameter in model.parameters())
            """, fails=["?"], says=r"length|first axis|rows"),
        Chaff("scores_returned", "The scores come back.", """
            - answers = torch.cat([model(part).argmax(dim=1) for part in x.split(500)])
            + answers = model(x)
            """, fails=["?"], says=r"scores"),
    ],
    "6.1.3": [
        Chaff("variance_for_deviation", "The variance divides, not the deviation.", """
            - deviation = train.std(axis=(0, 2, 3), keepdims=True)
            + deviation = train.var(axis=(0, 2, 3), keepdims=True)
            """, fails=["?"], says=r"variance"),
        Chaff("filled_with_ones", "What becomes free is filled with ones.", """
            - wide = F.pad(images, (most, most, most, most))
            + wide = F.pad(images, (most, most, most, most), value=1)
            """, fails=["?"], says=r"zero|filled|free"),
        Chaff("never_shifted", "The window is always cut out of the middle.", """
            - starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
            + starts = torch.full((len(images), 2), most).tolist()
            """, fails=["?"], says=r"no image (is|was) shifted|not shifted"),
        Chaff("normalised_after_pooling", "Batch normalisation comes after the pooling.", """
            -     layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
            -     layers += [nn.MaxPool2d(2)]
            +     layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            +     layers += [nn.BatchNorm2d(after)]
            """, fails=["?"], says=r"after the pooling|pooling.*before"),
        Chaff("dropout_of_one_half", "Dropout has p = 0.5.", """
    - return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
    + return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(), nn.Linear(64 * 4 * 4, n_classes))
            """, fails=["?"], says=r"0\.25|p =|quarter|#"),
        Chaff("relu_forgotten", "There is no ReLU.", """
            - layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
            + layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after)]
            """, fails=["?"], says=r"no ReLU|ReLU is missing"),
    ],
    "6.2": [
        Chaff("one_mask", "A mask over all examples comes back.", """
            - return torch.cat(chosen)
            + mask = torch.zeros(len(labels), dtype=torch.bool)
            + mask[torch.cat(chosen)] = True
            + return mask
            """, fails=["?"], says=r"mask|positions|bool"),
        Chaff("lists_of_positions", "There is a list of positions for each class.", """
            - return torch.cat(chosen)
            + return chosen
            """, fails=["?"], says=r"list"),
        Chaff("nothing_returned", "The tuned model is not returned.", """
            - return tuned
            + model = tuned
            """, fails=["?"], says=r"no model|return"),
        Chaff("adam", "Adam makes the steps.", """
            - optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
            + optimiser = torch.optim.Adam(last.parameters(), lr=learning_rate)
            """, fails=["?"], says=r"Adam|plain"),
        Chaff("softmax_twice", "A softmax comes before the cross-entropy.", """
            - F.cross_entropy(tuned(x), labels).backward()
            + F.cross_entropy(tuned(x).softmax(dim=1), labels).backward()
            """, fails=["?"], says=r"softmax"),
        Chaff("one_step_too_many", "There is one step too many.", """
            - for _ in range(steps):
            + for _ in range(steps + 1):
            """, fails=["?"], says=r"step"),
        Chaff("optimiser_for_the_bias", "Only the weight of the last layer learns.", """
            - optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
            + optimiser = torch.optim.SGD([last.weight], lr=learning_rate)
            """, fails=["?"], says=r"bias"),
    ],
}  # fmt: skip
