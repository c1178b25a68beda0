"""Mistakes in exercise 6.2: A new hand."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # few_of_each
    Chaff("a_mask", "A mask comes back.", """
        - return torch.cat(chosen)
        + places = torch.cat(chosen)
        + return torch.isin(torch.arange(len(labels)), places)
        """, fails=["as_many_of_each_class", "no_example_is_chosen_twice"],
             says="it is a mask; the positions themselves are asked for"),
    Chaff("all_class_numbers", "Every number up to the largest label is taken for a class.", """
        - for label in labels.unique():
        + for label in range(int(labels.max()) + 1):
              own = torch.nonzero(labels == label)[:, 0]
        -     chosen.append(own[torch.randperm(len(own), device=own.device)[:each]])
        +     order = torch.randperm(len(own))
        +     chosen.append(torch.stack([own[order[k]] for k in range(each)]))
        """, fails=["as_many_of_each_class", "no_example_is_chosen_twice"],
             says="`few_of_each` raised IndexError: index # is out of bounds for dimension # with size #"),
    Chaff("ten_classes", "The classes are those of digits, 0 to 9.", """
        - for label in labels.unique():
        + for label in range(10):
        """, fails=["classes_that_occur"],
             says="Go through the classes that occur, whatever their numbers."),
    Chaff("chosen_twice", "Examples are drawn with replacement.", """
        - chosen.append(own[torch.randperm(len(own), device=own.device)[:each]])
        + chosen.append(own[torch.randint(len(own), (each,))])
        """, fails=["no_example_is_chosen_twice"],
             says="torch.randperm gives an order in which nothing comes twice."),
    Chaff("classes_ignored", "As many examples are drawn in all, whatever their classes.", whole="""
        def few_of_each(labels, each):
            return torch.randperm(len(labels))[: each * len(labels.unique())]
        """, fails=["as_many_of_each_class"],
             says="For each class that occurs: the positions that have it, in random order, the first few."),
    Chaff("first_ones_chosen", "The first examples of each class are taken, in every call.", """
        - chosen.append(own[torch.randperm(len(own), device=own.device)[:each]])
        + chosen.append(own[:each])
        """, fails=["the_choice_is_random"],
             says="Draw anew in every call."),
    Chaff("labels_for_positions", "The labels come back, not the positions.", """
        - return torch.cat(chosen)
        + return labels[torch.cat(chosen)]
        """, fails=["as_many_of_each_class", "no_example_is_chosen_twice"],
             says="these are class numbers; the positions of the examples are asked for"),
    # fine_tune
    Chaff("tuned_not_returned", "The copy is not returned.", """
        - return tuned
        """, fails=["last_layer_learns"],
             says="nothing is returned: is a `return` missing?"),
    Chaff("steps_of_adam", "Adam makes the steps.", """
        - optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
        + optimiser = torch.optim.Adam(list(last.parameters()), learning_rate)
        """, fails=["last_layer_learns"],
             says="the steps are those of Adam; plain descent is asked for"),
    Chaff("softmax_before_the_loss", "A softmax comes before the loss.", """
        - F.cross_entropy(tuned(x), labels).backward()
        + F.cross_entropy(F.softmax(tuned(x), dim=1), labels).backward()
        """, fails=["last_layer_learns"],
             says="there is a softmax before the cross-entropy, which contains one already"),
    Chaff("a_step_too_many", "There is a step too many.", """
        - for _ in range(steps):
        + for _ in range(0, steps + 1):
        """, fails=["last_layer_learns"],
             says="there is one step too many"),
    Chaff("a_step_missing", "A step is missing.", """
        - for _ in range(steps):
        + for _ in range(1, steps):
        """, fails=["last_layer_learns"],
             says="one step is missing"),
    Chaff("bias_frozen", "The bias of the last layer stays frozen.", """
        - last.requires_grad_(True)
        + last.weight.requires_grad_(True)
        """, fails=["last_layer_learns"],
             says="the bias of the last layer does not learn"),
    Chaff("all_layers_learn", "All layers learn from the handful of examples.", """
        - tuned.requires_grad_(False)

        - optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
        + optimiser = torch.optim.SGD(tuned.parameters(), lr=learning_rate)
        """, fails=["last_layer_learns"],
             says="all layers learn"),
    Chaff("dict_copied_only", "The copy is shallow: both models share their layers.", """
        - tuned = copy.deepcopy(model)
        + tuned = copy.copy(model)
        """, fails=["the_model_itself_stays"],
             says="copy.deepcopy(model), and from then on only the copy."),
    Chaff("everything_frozen", "All parameters are frozen, those of the last layer too.", """
        - last.requires_grad_(True)
        + x = x.clone().requires_grad_()
        """, fails=["last_layer_learns"],
             says="nothing has been learnt at all"),
    Chaff("fifteen_examples", "Steps are made with the first fifteen examples only.", """
        - F.cross_entropy(tuned(x), labels).backward()
        + F.cross_entropy(tuned(x[:15]), labels[:15]).backward()
        """, fails=["last_layer_learns"],
             says="An optimiser (SGD) for the last layer's parameters alone; the mean loss; all examples."),
    Chaff("first_linear_layer_learns", "The first linear layer learns, not the last one.", """
        - last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][-1]
        + last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][0]
        """, fails=["last_layer_learns"],
             says="the first linear layer learns, not the last one"),
    Chaff("gradients_added_up", "The gradients are never set back to zero.", """
        - optimiser.zero_grad()
        """, fails=["last_layer_learns"],
             says="the gradients are never set back to zero"),
    Chaff("in_training_mode",
        "The copy learns in training mode: dropout is on, running averages change.", """
        - tuned.eval()
        + tuned.train()

        - return tuned
        + return tuned.eval()
        """, fails=["learning_is_in_evaluation_mode", "convolutions_stay", "statistics_stay"],
             says="tuned.eval(): not only at the end, also while it learns."),
    Chaff("last_layer_begun_anew", "The last layer begins anew with random weights.", """
          last.requires_grad_(True)
        + last.reset_parameters()
        """, fails=["last_layer_learns"],
             says="An optimiser (SGD) for the last layer's parameters alone; the mean loss; all examples."),
    Chaff("left_in_training_mode", "The copy comes back in training mode.", """
        - return tuned
        + return tuned.train()
        """, fails=["learning_is_in_evaluation_mode"],
             says="tuned.eval(): not only at the end, also while it learns."),
    Chaff("model_itself_trained", "The model itself is trained; there is no copy.", """
        - tuned = copy.deepcopy(model)
        + tuned = model
        """, fails=["the_model_itself_stays"],
             says="copy.deepcopy(model), and from then on only the copy."),
    Chaff("momentum", "The steps have momentum.", """
        - optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate)
        + optimiser = torch.optim.SGD(last.parameters(), lr=learning_rate, momentum=0.9)
        """, fails=["last_layer_learns"],
             says="the steps have momentum"),
    Chaff("one_step", "Only one step is made.", """
        - for _ in range(steps):
        + for _ in range(1):
        """, fails=["last_layer_learns"],
             says="there is one step only"),
    Chaff("optimiser_over_the_model",
        "The optimiser gets the layer of the model, and the copy never moves.", """
        - tuned.requires_grad_(False)
        - last = [layer for layer in tuned.modules() if isinstance(layer, nn.Linear)][-1]
        + last = [layer for layer in model.modules() if isinstance(layer, nn.Linear)][-1]
        """, fails=["last_layer_learns"],
             says="nothing has been learnt at all"),
    Chaff("original_frozen", "The model that was handed over is frozen for good.", """
        + model.requires_grad_(False)
          tuned = copy.deepcopy(model)
        """, fails=["the_model_itself_stays"],
             says="copy.deepcopy(model), and from then on only the copy."),
    Chaff("original_to_evaluation",
        "The model that was handed over is put into evaluation mode.", """
        + model.eval()
          tuned = copy.deepcopy(model)
        """, fails=["the_model_itself_stays"],
             says="copy.deepcopy(model), and from then on only the copy."),
    Chaff("summed_loss", "The loss is summed over the examples.", """
        - F.cross_entropy(tuned(x), labels).backward()
        + F.cross_entropy(tuned(x), labels, reduction='sum').backward()
        """, fails=["last_layer_learns"],
             says="the loss is summed; the mean is asked for"),
]
