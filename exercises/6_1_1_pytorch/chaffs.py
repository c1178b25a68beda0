"""Mistakes in exercise 6.1.1: The network of 3.1 in PyTorch."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # build_network
    Chaff("output_biases_forgotten", "The biases of the output layer are zero.", """
        - return model
        + nn.init.zeros_(model[2].bias)
        + return model
        """, fails=["dropout_switches_hidden_units_off", "model_computes_the_scores",
                    "model_of_other_sizes", "weights_are_copied"],
             says="the biases of the output layer are missing"),
    Chaff("another_bend", "The bend between the layers is a ReLU.", """
        - model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
        + first, last = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
        + model = nn.Sequential(first, nn.ReLU(), last)
        """, fails=["dropout_switches_hidden_units_off", "model_computes_the_scores",
                    "model_of_other_sizes", "weights_are_copied"],
             says="there is a ReLU between the layers; it must be a sigmoid"),
    Chaff("no_bend", "There is no bend between the layers.", """
        - model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
        + first, last = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
        + model = nn.Sequential(first, nn.Identity(), last)
        """, fails=["model_computes_the_scores", "model_of_other_sizes", "weights_are_copied"],
             says="the sigmoid between the layers is missing"),
    Chaff("sigmoid_at_the_end", "The scores go through a sigmoid too.", """
        - return model
        + return nn.Sequential(*model, nn.Sigmoid())
        """, fails=["dropout_rests_in_evaluation", "dropout_switches_hidden_units_off",
                    "model_computes_the_scores", "model_of_other_sizes", "weights_are_copied"],
             says="there is a sigmoid after the output layer too"),
    Chaff("log_softmax_at_the_end", "The model ends in a log-softmax.", """
        - return model
        + return nn.Sequential(*model, nn.LogSoftmax(dim=1))
        """, fails=["dropout_rests_in_evaluation", "dropout_switches_hidden_units_off",
                    "model_computes_the_scores", "model_of_other_sizes", "weights_are_copied"],
             says="there is a log-softmax at the end; the loss already contains it"),
    Chaff("biases_forgotten", "Only the weights are copied; the biases stay random.", """
        - layer.bias.copy_(torch.tensor(params['b' + name]))
        """, fails=["model_computes_the_scores", "weights_are_copied",
                    "dropout_rests_in_evaluation", "dropout_switches_hidden_units_off",
                    "model_of_other_sizes"],
             says="something in the model still is random"),
    Chaff("memory_shared", "The model's parameters share their memory with the arrays.", """
        - layer.weight.copy_(torch.tensor(params['W' + name]).T)
        - layer.bias.copy_(torch.tensor(params['b' + name]))
        + layer.weight = nn.Parameter(torch.from_numpy(params['W' + name]).T)
        + layer.bias = nn.Parameter(torch.from_numpy(params['b' + name]))
        """, fails=["weights_are_copied"],
             says="torch.from_numpy shares memory with the array. torch.tensor, or copy_, copies."),
    Chaff("random_weights", "The model begins with PyTorch's own random weights.", """
        - with torch.no_grad():
        -     for layer, name in [(model[0], 'layer1'), (model[2], 'output')]:
        -         layer.weight.copy_(torch.tensor(params['W' + name]).T)
        -         layer.bias.copy_(torch.tensor(params['b' + name]))
        """, fails=["model_computes_the_scores", "weights_are_copied",
                    "dropout_rests_in_evaluation", "dropout_switches_hidden_units_off",
                    "model_of_other_sizes"],
             says="something in the model still is random"),
    Chaff("sizes_of_the_letters",
        "The sizes are those of the letters, whatever the arrays say.", """
        - inputs, hidden = params['Wlayer1'].shape
        - outputs = params['Woutput'].shape[1]
        - model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
        + model = nn.Sequential(nn.Linear(1024, 64), nn.Sigmoid(), nn.Linear(64, 36))
        """, fails=["model_has_the_sizes_of_the_arrays", "model_computes_the_scores",
                    "weights_are_copied", "dropout_rests_in_evaluation",
                    "dropout_switches_hidden_units_off", "model_of_other_sizes"],
             says="`build_network` raised RuntimeError: The size of tensor a (#) must match the size of tensor b (#) at non-singleton dimension #"),
    Chaff("softmax_in_the_model",
        "The model ends in a softmax, which the loss applies once more.", """
        - return model
        + return nn.Sequential(*model, nn.Softmax(dim=1))
        """, fails=["model_computes_the_scores", "weights_are_copied",
                    "dropout_rests_in_evaluation", "dropout_switches_hidden_units_off",
                    "model_of_other_sizes"],
             says="there is a softmax at the end; the loss already contains it"),
    Chaff("weights_reshaped",
        "The weights are reshaped to the layer's shape instead of transposed.", """
        - layer.weight.copy_(torch.tensor(params['W' + name]).T)
        + layer.weight.copy_(torch.tensor(params['W' + name]).reshape(layer.weight.shape))
        """, fails=["model_computes_the_scores", "weights_are_copied", "model_of_other_sizes"],
             says="the weights are transposed the wrong way round"),
    # parameter_gradients
    Chaff("softmax_before_the_loss", "A softmax comes before the loss, which contains one.", """
        - F.cross_entropy(model(x), labels, reduction='sum').backward()
        + probs = torch.softmax(model(x), dim=1)
        + F.cross_entropy(probs, labels, reduction='sum').backward()
        """, fails=["gradients_of_the_summed_loss"],
             says="there is a softmax before the cross-entropy, which contains one already"),
    Chaff("loss_of_the_scores", "The loss is the negative score of the right class.", """
        - F.cross_entropy(model(x), labels, reduction='sum').backward()
        + scores = model(x)
        + (-scores[torch.arange(len(x)), labels].sum()).backward()
        """, fails=["gradients_of_the_summed_loss"],
             says="it is that of the scores alone: the logarithm of the softmax is missing"),
    Chaff("weights_for_gradients", "The values of the parameters are returned.", """
        - return {name: p.grad.clone() for name, p in model.named_parameters()}
        + return {name: p.data.clone() for name, p in model.named_parameters()}
        """, fails=["gradients_of_the_summed_loss"],
             says="these are the parameters themselves, not their gradients"),
    Chaff("gradients_added_up", "Gradients of an earlier step are not set to zero.", """
        - model.zero_grad()
        """, fails=["old_gradients_do_not_count"],
             says="gradients of an earlier step are still in it"),
    Chaff("gradients_of_the_mean",
        "The gradients are those of the mean loss, which is PyTorch's default.", """
        - F.cross_entropy(model(x), labels, reduction='sum').backward()
        + F.cross_entropy(model(x), labels).backward()
        """, fails=["gradients_of_the_summed_loss"],
             says="it is that of the mean loss; ours is summed over the batch"),
    Chaff("gradients_of_two_layers",
        "The gradients are read from the first and the third part of the model only.", """
        - return {name: p.grad.clone() for name, p in model.named_parameters()}
        + return {
        +     f'{k}.{name}': getattr(model[k], name).grad.clone()
        +     for k in (0, 2)
        +     for name in ('weight', 'bias')
        + }
        """, fails=["gradients_of_a_deeper_model"],
             says="named_parameters() and .grad; for any model, not for one with two layers only."),
    # shuffled_batches
    Chaff("lists_instead_of_pairs", "There is a list for x and a list for the labels.", """
        - return [(x[rows], labels[rows]) for rows in order.split(batch_size)]
        + return [list(x[order].split(batch_size)), list(labels[order].split(batch_size))]
        """, fails=["batches_hold_every_example_once", "batches_keep_pairs"],
             says="there is one list for the examples and one for the labels, not a pair for each batch"),
    Chaff("batches_always_alike", "The random order is the same in every call.", """
        - order = torch.randperm(len(x), device=x.device)
        + order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
        """, fails=["batches_are_random"],
             says="the order is the same in every call"),
    Chaff("batches_not_shuffled", "The batches come in the order of the data.", """
        - order = torch.randperm(len(x), device=x.device)
        + order = torch.arange(len(x))
        """, fails=["batches_are_random"],
             says="the examples come in their old order"),
    Chaff("batches_pairs_broken",
        "Examples and labels are shuffled independently of each other.", """
        - return [(x[rows], labels[rows]) for rows in order.split(batch_size)]
        + x, labels = x[order], labels[torch.randperm(len(x))]
        + return list(zip(x.split(batch_size), labels.split(batch_size)))
        """, fails=["batches_keep_pairs", "one_large_batch"],
             says="Use the same random order for x and for labels."),
    Chaff("batches_rest_dropped", "The last batch is dropped where it is smaller.", """
        - return [(x[rows], labels[rows]) for rows in order.split(batch_size)]
        + batches = [(x[rows], labels[rows]) for rows in order.split(batch_size)]
        + return batches if len(x) % batch_size == 0 else batches[:-1]
        """, fails=["batches_hold_every_example_once"],
             says="the last batch, which is smaller, is missing"),
    Chaff("batches_with_replacement",
        "Examples are drawn with replacement, so some come twice and some never.", """
        - order = torch.randperm(len(x), device=x.device)
        + order = torch.randint(len(x), (len(x),))
        """, fails=["batches_hold_every_example_once"],
             says="some examples come twice, and others never"),
    # train_epoch
    Chaff("epoch_swapped", "The accuracy is returned first.", """
        - return total_loss / seen, right / seen
        + loss, accuracy = total_loss / seen, right / seen
        + return accuracy, loss
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the accuracy; the loss comes first"),
    Chaff("epoch_per_batch", "The sum of the losses is divided by the number of batches.", """
        - return total_loss / seen, right / seen
        + return total_loss / len(batches), right / seen
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the sum, divided by the number of batches"),
    Chaff("epoch_last_loss", "The loss is that of the last batch.", """
        - return total_loss / seen, right / seen
        + return loss.item() / len(x), right / seen
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the loss of the last batch"),
    Chaff("epoch_last_accuracy", "The accuracy is that of the last batch.", """
        - return total_loss / seen, right / seen
        + last = (scores.argmax(dim=1) == labels).float().mean()
        + return total_loss / seen, last.item()
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the accuracy of the last batch"),
    Chaff("epoch_mean_of_accuracies", "The accuracies of the batches are averaged.", """
        - right += (scores.argmax(dim=1) == labels).sum().item()
        + right += (scores.argmax(dim=1) == labels).float().mean().item() / len(batches)

        - return total_loss / seen, right / seen
        + return total_loss / seen, right
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the mean of the batches' accuracies; a small batch counts too much"),
    Chaff("epoch_per_cent", "The accuracy is in per cent.", """
        - return total_loss / seen, right / seen
        + return total_loss / seen, 100 * right / seen
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is in per cent"),
    Chaff("epoch_counts", "The accuracy is the number of right answers.", """
        - return total_loss / seen, right / seen
        + return total_loss / seen, right
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the number of right answers"),
    Chaff("epoch_gradients_not_zeroed", "The optimiser never sets the gradients back to zero.", """
        - optimiser.zero_grad()
        """, fails=["epoch_makes_the_steps", "epoch_measures_on_the_way", "epoch_of_one_batch"],
             says="gradients of earlier steps were not set back to zero"),
    Chaff("epoch_in_evaluation_mode", "The model is left in the mode in which it came.", """
        - model.train()
        """, fails=["epoch_is_in_training_mode"],
             says="model.train() at the beginning: whoever measured before may have left it in eval mode."),
    Chaff("epoch_keeps_the_graph",
        "Losses are added up as tensors: what comes back holds the way it was computed.", """
        - total_loss += loss.item()
        + total_loss += loss
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="a tensor came back that still holds the way it was computed; `loss.item()` is a number"),
    Chaff("epoch_loss_detached",
        "The scores are detached before the loss, so nothing reaches the weights.", """
        - scores = model(x)
        + scores = model(x).detach().requires_grad_()
        """, fails=["epoch_makes_the_steps", "epoch_measures_on_the_way", "epoch_of_one_batch"],
             says="they have not changed"),
    Chaff("epoch_mean_loss", "The steps follow the mean loss of a batch, not the sum.", """
        - loss = F.cross_entropy(scores, labels, reduction='sum')
        + loss = F.cross_entropy(scores, labels)

        - total_loss += loss.item()
        + total_loss += loss.item() * len(x)
        """, fails=["epoch_makes_the_steps", "epoch_measures_on_the_way", "epoch_of_one_batch"],
             says="the steps follow the mean loss; ours is summed over the batch"),
    Chaff("epoch_mean_of_means",
        "The loss is the mean of the batches' means; a small last batch counts too much.", """
        - total_loss += loss.item()
        + total_loss += loss.item() / len(x)

        - return total_loss / seen, right / seen
        + return total_loss / len(batches), right / seen
        """, fails=["epoch_gives_loss_and_accuracy"],
             says="it is the mean of the batches' means; a small batch counts too much"),
    Chaff("epoch_measured_after_the_step",
        "Each batch is measured after its step, with weights that have seen it.", """
          optimiser.step()
        + scores = model(x).detach()
        + loss = F.cross_entropy(scores, labels, reduction='sum')
        """, fails=["epoch_measures_on_the_way"],
             says="each batch is measured after its step"),
    Chaff("epoch_no_step", "The gradients are computed, but no step is made.", """
        - optimiser.step()
        """, fails=["epoch_makes_the_steps", "epoch_measures_on_the_way", "epoch_of_one_batch"],
             says="they have not changed"),
    Chaff("epoch_zeroed_once",
        "The gradients are set to zero at the beginning of the epoch only.", """
          model.train()
        + optimiser.zero_grad()

        - optimiser.zero_grad()
        """, fails=["epoch_makes_the_steps", "epoch_measures_on_the_way"],
             says="the gradients were set back to zero once only, before the first batch"),
    # measure
    Chaff("measure_accuracy_first", "The accuracy is returned first.", """
        - return loss, accuracy
        + result = [accuracy, loss]
        + return tuple(result)
        """, fails=["measures_loss_and_accuracy"],
             says="it is the accuracy; the loss comes first"),
    Chaff("measure_counts", "The accuracy is a count.", """
        - accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
        + accuracy = (scores.argmax(dim=1) == labels).sum().item()
        """, fails=["measures_loss_and_accuracy"],
             says="it is the number of right answers"),
    Chaff("measure_in_training_mode", "Measuring happens in training mode.", """
        - mode = model.training
        - model.eval()

        - model.train(mode)
        """, fails=["measures_in_evaluation_mode", "measuring_leaves_statistics_alone"],
             says="model.eval() before the forward pass."),
    Chaff("measure_keeps_a_record", "A record for gradients is kept while measuring.", """
        - with torch.no_grad():
        -     scores = torch.cat([model(part) for part in x.split(500)])
        -     loss = F.cross_entropy(scores, labels).item()
        -     accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
        + scores = torch.cat([model(part) for part in x.split(500)])
        + loss = F.cross_entropy(scores, labels).item()
        + accuracy = (scores.argmax(dim=1) == labels).float().mean().item()
        """, fails=["measuring_keeps_no_record"],
             says="with torch.no_grad(): around the forward pass."),
    Chaff("measure_one_hot_labels", "One-hot rows are expected where class numbers come.", """
          scores = torch.cat([model(part) for part in x.split(500)])
        + labels = labels.argmax(dim=1)
        """, fails=["measures_loss_and_accuracy"],
             says="`measure` raised IndexError: Dimension out of range (expected to be in range of [#, #], but got #)"),
    Chaff("measure_softmax_twice",
        "A softmax is applied before the cross-entropy, which contains one.", """
        - loss = F.cross_entropy(scores, labels).item()
        + loss = F.cross_entropy(scores.softmax(dim=1), labels).item()
        """, fails=["measures_loss_and_accuracy"],
             says="there is a softmax before the cross-entropy, which contains one already"),
    Chaff("measure_stays_in_evaluation", "The model stays in evaluation mode after measuring.", """
        - model.train(mode)
        """, fails=["measuring_puts_the_mode_back"],
             says="Remember model.training, and put it back with model.train(...)."),
    Chaff("measure_summed", "The loss is the sum over all examples.", """
        - loss = F.cross_entropy(scores, labels).item()
        + loss = F.cross_entropy(scores, labels, reduction='sum').item()
        """, fails=["measures_loss_and_accuracy"],
             says="it is the sum over the examples"),
    Chaff("measure_switches_to_training",
        "After measuring the model is always put into training mode.", """
        - model.train(mode)
        + model.train()
        """, fails=["measuring_puts_the_mode_back"],
             says="Remember model.training, and put it back with model.train(...)."),
    # make_optimiser
    Chaff("adam_forgotten", "Adam is asked for, and plain descent is returned.", """
        - if kind == 'adam':
        + if kind == 'Adam':
              return torch.optim.Adam(model.parameters(), lr=learning_rate)
        """, fails=["adam"],
             says="this is plain descent"),
    Chaff("rate_forgotten", "The learning rate is not handed on.", """
        - model.parameters(), lr=learning_rate, momentum=momentum, weight_decay=decay
        + params=model.parameters(), momentum=momentum, weight_decay=decay
        """, fails=["momentum", "plain_descent", "weight_decay"],
             says="the learning rate is the usual one, #"),
    Chaff("decay_of_a_tenth", "The weight decay is 0.1.", """
        - decay = 0.01 if kind == 'decay' else 0
        + decay = 0.0
        + if kind == 'decay':
        +     decay = 1e-1
        """, fails=["weight_decay"],
             says="the weight decay is #, not #"),
    Chaff("adam_at_its_own_rate", "Adam runs at its own usual learning rate.", """
        - return torch.optim.Adam(model.parameters(), lr=learning_rate)
        + return torch.optim.Adam(model.parameters())
        """, fails=["adam"],
             says="the learning rate is Adam's usual one, #"),
    Chaff("decay_forgotten", "Weight decay is asked for, and plain descent is returned.", """
        - decay = 0.01 if kind == 'decay' else 0
        + decay = 0
        """, fails=["weight_decay"],
             says="there is no weight decay"),
    Chaff("momentum_for_all", "Plain descent has momentum as well.", """
        - momentum = 0.9 if kind == 'momentum' else 0
        + momentum = 0.9
        """, fails=["plain_descent", "weight_decay"],
             says="there is momentum"),
    Chaff("momentum_forgotten", "Momentum is asked for, and plain descent is returned.", """
        - momentum = 0.9 if kind == 'momentum' else 0
        + momentum = 0
        """, fails=["momentum"],
             says="there is no momentum"),
    Chaff("optimiser_over_a_copy", "The optimiser gets the parameters of a copy of the model.", """
        + model = copy.deepcopy(model)
          if kind == 'adam':
        """, fails=["plain_descent", "momentum", "adam", "weight_decay"],
             says="nothing moves"),
    # build_with_dropout
    Chaff("dropout_under_the_sigmoid", "Dropout comes before the sigmoid.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + return nn.Sequential(nn.Sequential(first, nn.Dropout(p)), bend, last)
        """, fails=["dropout_switches_hidden_units_off"],
             says="dropout comes before the sigmoid, which makes # of #"),
    Chaff("dropout_as_it_comes", "nn.Dropout gets no probability.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + drop = nn.Dropout()
        + return nn.Sequential(first, bend, drop, last)
        """, fails=["dropout_switches_hidden_units_off"],
             says="half of the values are switched off, whatever `p` is"),
    Chaff("dropout_of_a_quarter", "The probability of the notebook is written into the code.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + return nn.Sequential(first, bend, nn.Dropout(0.25), last)
        """, fails=["dropout_of_another_probability"],
             says="p is the probability of being switched off, and every layer keeps its weights."),
    Chaff("dropout_always_on",
        "Dropout stays on in evaluation mode: F.dropout does not know the mode.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + class Dropped(nn.Module):
        +     def forward(self, x):
        +         return F.dropout(x, p)
        + return nn.Sequential(first, bend, Dropped(), last)
        """, fails=["dropout_rests_in_evaluation"],
             says="nn.Dropout does nothing in evaluation mode; a dropout of your own must look at the mode."),
    Chaff("dropout_forgotten", "There is no dropout at all.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + return nn.Sequential(first, bend, last)
        """, fails=["dropout_switches_hidden_units_off"],
             says="nothing is switched off in training mode"),
    Chaff("dropout_keeps_p", "p is taken for the probability of being kept.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + return nn.Sequential(first, bend, nn.Dropout(1 - p), last)
        """, fails=["dropout_switches_hidden_units_off"],
             says="`p` is taken for the probability of being kept"),
    Chaff("dropout_not_scaled", "What dropout leaves is not scaled up.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + class Dropped(nn.Module):
        +     def forward(self, x):
        +         return x * (torch.rand_like(x) >= p) if self.training else x
        + return nn.Sequential(first, bend, Dropped(), last)
        """, fails=["dropout_switches_hidden_units_off"],
             says="they are not multiplied by # / (# - p)"),
    Chaff("dropout_of_the_inputs", "The inputs are dropped, not the hidden units.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + return nn.Sequential(nn.Dropout(p), first, bend, last)
        """, fails=["dropout_switches_hidden_units_off"],
             says="nn.Dropout(p) between the sigmoid and the output layer."),
    Chaff("dropout_of_the_scores", "The scores are dropped, not the hidden units.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + return nn.Sequential(first, bend, last, nn.Dropout(p))
        """, fails=["dropout_switches_hidden_units_off"],
             says="the scores are dropped, not the hidden values"),
    Chaff("dropout_scaled_at_the_end",
        "As in the first papers: hidden values shrink in evaluation mode instead.", """
        - return nn.Sequential(first, bend, nn.Dropout(p), last)
        + class Dropped(nn.Module):
        +     def forward(self, x):
        +         return x * (torch.rand_like(x) >= p) if self.training else x * (1 - p)
        + return nn.Sequential(first, bend, Dropped(), last)
        """, fails=["dropout_rests_in_evaluation", "dropout_switches_hidden_units_off"],
             says="the hidden values are scaled in evaluation mode"),
]
