"""Mistakes in exercise 6.1.2: A convolutional network on the letters."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # to_images
    Chaff("no_tensor", "What comes back is an array.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return (1 - np.asarray(x, dtype=np.float32)).reshape(len(x), 1, 32, 32)
        """, fails=["images_have_one_channel"],
             says="it is an array of NumPy; a tensor is asked for"),
    Chaff("negative", "The images are multiplied by -1.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return -torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        """, fails=["images_are_inverted"],
             says="they are negative: ink must become #, not #"),
    Chaff("taken_for_bytes", "Paper is taken for 255.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + images = torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return 255 - images
        """, fails=["images_are_inverted"],
             says="they are inverted as if paper were #; it is #"),
    Chaff("channels_last", "The channel comes last, as in pictures that Matplotlib shows.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 32, 32, 1)
        """, fails=["images_have_one_channel", "images_are_inverted"],
             says="reshape(#, #, #, #), and dtype=torch.float32: the channel comes before rows and columns."),
    Chaff("no_channel", "The images have no axis for channels.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 32, 32)
        """, fails=["images_have_one_channel", "images_are_inverted"],
             says="reshape(#, #, #, #), and dtype=torch.float32: the channel comes before rows and columns."),
    Chaff("not_inverted", "Paper stays 1, though padding is 0.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        """, fails=["images_are_inverted"],
             says="they are not inverted: paper must become #"),
    Chaff("rows_and_columns_swapped", "Rows and columns of the images have changed places.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32).transpose(2, 3)
        """, fails=["images_are_inverted"],
             says="rows and columns have changed places"),
    Chaff("type_as_it_comes",
        "The images have the type of the array, which may be double precision.", """
        - return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
        + return 1 - torch.tensor(x).reshape(-1, 1, 32, 32)
        """, fails=["images_have_one_channel", "one_image_in_double_precision"],
             says="the numbers are float64; float32 is asked for"),
    # build_cnn
    Chaff("cnn_relu_at_the_end", "The scores go through a ReLU.", """
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        + last = nn.Linear(64 * 4 * 4, n_classes)
        + return nn.Sequential(*layers, nn.Flatten(), last, nn.ReLU())
        """, fails=["cnn_computes_what_it_should"],
             says="there is a ReLU after the last layer"),
    Chaff("cnn_mean_of_colours", "Pictures in colour are pooled by their means.", """
        -     layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        +     pool = nn.MaxPool2d(2) if channels == 1 else nn.AvgPool2d(2)
        +     layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), pool]
        """, fails=["cnn_with_three_channels"],
             says="The first convolution has as many input channels as `channels` says."),
    Chaff("cnn_twice_as_many_filters", "There are twice as many filters.", """
        - for before, after in [(channels, 16), (16, 32), (32, 64)]:
        + before = channels
        + for after in [32, 64, 128]:
              layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        +     before = after
        + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 16, n_classes))
        """, fails=["cnn_has_the_layers"],
             says="the numbers of filters are not those of the table"),
    Chaff("cnn_last_block_missing", "The third block is missing.", """
        - for before, after in [(channels, 16), (16, 32), (32, 64)]:
        + for before, after in [(channels, 16), (16, 32)]:

        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(2048, n_classes))
        """, fails=["cnn_has_the_layers"],
             says="there are # convolutions"),
    Chaff("cnn_wide_padding", "The padding is 2, and the images grow.", """
        -     layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        +     layers += [nn.Conv2d(before, after, 3, 1, 2), nn.ReLU(), nn.MaxPool2d(2)]
        + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(1600, n_classes))
        """, fails=["cnn_has_the_layers"],
             says="# numbers of each image reach the linear layer: look at padding and pooling"),
    Chaff("cnn_average_pooling", "Pooling takes the mean of four pixels, not the largest.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2)]
        """, fails=["cnn_computes_what_it_should"],
             says="pooling takes the mean of four, not the largest"),
    Chaff("cnn_detached", "The feature maps are detached, so the convolutions never learn.", """
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        + class Detached(nn.Module):
        +     def forward(self, x):
        +         return x.detach().flatten(1)
        + return nn.Sequential(*layers, Detached(), nn.Linear(64 * 4 * 4, n_classes))
        """, fails=["cnn_learns_with_all_its_layers"],
             says="Every layer must be on the way from the image to the scores; detach() cuts the way."),
    Chaff("cnn_five_by_five", "The filters are five by five.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
        """, fails=["cnn_has_the_layers"],
             says="the filters are not # by #"),
    Chaff("cnn_flatten_mixes_the_batch",
        "The feature maps are flattened across the examples of the batch.", """
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        + class Mixed(nn.Module):
        +     def forward(self, x):
        +         return x.transpose(0, 1).reshape(len(x), -1)
        + return nn.Sequential(*layers, Mixed(), nn.Linear(64 * 4 * 4, n_classes))
        """, fails=["cnn_computes_what_it_should", "images_do_not_mix"],
             says="what is flattened comes from different images"),
    Chaff("cnn_layers_in_a_list",
        "The layers are kept in a plain list, so nobody finds their parameters.", whole="""
        class _Net(nn.Module):
            def __init__(self, channels, n_classes):
                super().__init__()
                self.convolutions = []
                for before, after in [(channels, 16), (16, 32), (32, 64)]:
                    self.convolutions.append(nn.Conv2d(before, after, 3, padding=1))
                self.last = nn.Linear(64 * 4 * 4, n_classes)

            def forward(self, x):
                for convolution in self.convolutions:
                    x = F.max_pool2d(F.relu(convolution(x)), 2)
                return self.last(x.flatten(1))

        def build_cnn(channels, n_classes):
            return _Net(channels, n_classes)
        """, fails=["cnn_has_the_layers"],
             says="no convolution is registered: layers in a plain list are not seen"),
    Chaff("cnn_log_softmax",
        "The network ends in a log-softmax, which belongs to another loss.", """
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        + last = nn.Linear(64 * 4 * 4, n_classes)
        + return nn.Sequential(*layers, nn.Flatten(), last, nn.LogSoftmax(1))
        """, fails=["cnn_computes_what_it_should"],
             says="there is a log-softmax at the end; the loss already contains it"),
    Chaff("cnn_one_channel", "The first convolution always expects one channel.", """
        - for before, after in [(channels, 16), (16, 32), (32, 64)]:
        + for before, after in [(1, 16), (16, 32), (32, 64)]:
        """, fails=["cnn_has_the_layers"],
             says="`channels` is not what the first convolution takes"),
    Chaff("cnn_padding_reflected",
        "The border is padded with reflected pixels, not with zeros.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 3, padding=1, padding_mode='reflect')]
        + layers += [nn.ReLU(), nn.MaxPool2d(2)]
        """, fails=["cnn_computes_what_it_should"],
             says="Block: Conv2d(..., #, padding=#), ReLU, MaxPool2d(#). No softmax at the end."),
    Chaff("cnn_softmax", "The network ends in a softmax, which the loss applies once more.", """
    - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
    + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes), nn.Softmax(1))
        """, fails=["cnn_computes_what_it_should"],
             says="there is a softmax at the end; the loss already contains it"),
    Chaff("cnn_squeezed",
        "Axes of length one are squeezed away, also where a batch holds one image.", """
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        + class Squeezed(nn.Module):
        +     def forward(self, x):
        +         return x.squeeze()
        + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes), Squeezed())
        """, fails=["cnn_gives_scores", "images_do_not_mix"],
             says="One score for each class: shape (N, n_classes), for any number of examples."),
    Chaff("cnn_without_biases", "The convolutions have no biases.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.ReLU(), nn.MaxPool2d(2)]
        """, fails=["cnn_has_the_layers"],
             says="a layer has no biases"),
    Chaff("cnn_without_padding", "The convolutions have no padding, so the images shrink.", """
        -     layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        - return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        +     layers += [nn.Conv2d(before, after, 3), nn.ReLU(), nn.MaxPool2d(2)]
        + return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 2 * 2, n_classes))
        """, fails=["cnn_has_the_layers"],
             says="# numbers of each image reach the linear layer: look at padding and pooling"),
    Chaff("cnn_without_relu", "There is no ReLU between the convolutions.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 3, padding=1), nn.MaxPool2d(2)]
        """, fails=["cnn_computes_what_it_should"],
             says="there is no ReLU"),
    # count_parameters
    Chaff("first_axes_counted", "The lengths of all arrays are added up.", """
        - return sum(parameter.numel() for parameter in model.parameters())
        + return sum(parameter.shape[0] for parameter in model.parameters())
        """, fails=["parameters_are_counted", "statistics_are_no_parameters"],
             says="the lengths of the arrays are added up"),
    Chaff("arrays_counted", "The arrays are counted, not the numbers in them.", """
        - return sum(parameter.numel() for parameter in model.parameters())
        + return len(list(model.parameters()))
        """, fails=["parameters_are_counted", "statistics_are_no_parameters"],
             says="it is the number of arrays, not of numbers"),
    Chaff("biases_not_counted", "Only matrices and filters are counted.", """
        - return sum(parameter.numel() for parameter in model.parameters())
        + return sum(p.numel() for p in model.parameters() if p.ndim > 1)
        """, fails=["parameters_are_counted", "statistics_are_no_parameters"],
             says="the biases are missing"),
    Chaff("statistics_counted", "Running statistics are counted among the parameters.", """
        - return sum(parameter.numel() for parameter in model.parameters())
        + return sum(values.numel() for values in model.state_dict().values())
        """, fails=["statistics_are_no_parameters"],
             says="Parameters only: running means and variances are not learnt."),
    # predict_classes
    Chaff("all_scores", "The scores of all classes come back.", """
        - answers = torch.cat([model(part).argmax(dim=1) for part in x.split(500)])
        + answers = torch.cat([model(part) for part in x.split(500)])
        """, fails=["classes_are_predicted"],
             says="these are the scores; the classes are asked for"),
    Chaff("least_probable", "The class with the smallest score comes back.", """
        - answers = torch.cat([model(part).argmax(dim=1) for part in x.split(500)])
        + answers = torch.cat([model(part).argmin(dim=1) for part in x.split(500)])
        """, fails=["classes_are_predicted"],
             says="these are the least probable classes"),
    Chaff("answers_along_the_batch",
        "The largest score is looked for over the examples, not over the classes.", """
        - answers = torch.cat([model(part).argmax(dim=1) for part in x.split(500)])
        + answers = model(x).argmax(dim=0)
        """, fails=["classes_are_predicted"],
             says="there is one answer for each class; it looks along the wrong axis"),
    Chaff("answers_in_training_mode", "Classes are predicted in training mode.", """
        - mode = model.training
        - model.eval()

        - model.train(mode)
        """, fails=["prediction_is_in_evaluation_mode", "prediction_of_many"],
             says="the forward pass is in training mode"),
    Chaff("mode_not_put_back", "The model stays in evaluation mode after the prediction.", """
        - model.train(mode)
        """, fails=["prediction_is_in_evaluation_mode"],
             says="model.eval() before, and afterwards the mode that the model came in."),
    Chaff("prediction_keeps_a_record", "A record for gradients is kept while predicting.", """
        - with torch.no_grad():
        -     answers = torch.cat([model(part).argmax(dim=1) for part in x.split(500)])
        + answers = model(x).argmax(dim=1)
        """, fails=["prediction_of_many", "prediction_is_in_evaluation_mode"],
             says="the forward pass keeps a record for gradients"),
    Chaff("scores_for_classes", "The largest score comes back, not the class that has it.", """
        - answers = torch.cat([model(part).argmax(dim=1) for part in x.split(500)])
        + answers = model(x).max(dim=1).values
        """, fails=["classes_are_predicted"],
             says="these are the largest scores; we want the classes that have them"),
]
