"""Mistakes in exercise 6.1.3: A convolutional network on colour images."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # prepare
    Chaff("variance_divides", "The variance divides.", """
        - deviation = train.std(axis=(0, 2, 3), keepdims=True)
        + deviation = train.std(axis=(0, 2, 3), keepdims=True) ** 2
        """, fails=["other_sets_use_the_same_numbers", "training_set_is_standardised"],
             says="the variance divides; its root, the deviation, is asked for"),
    Chaff("every_image_by_itself", "Each image is standardised by its own numbers.", """
        - torch.tensor((images - mean) / deviation, dtype=torch.float32)
        + torch.tensor((images - images.mean((2, 3), keepdims=True))
        +              / images.std((2, 3), keepdims=True), dtype=torch.float32)
        """, fails=["other_sets_use_the_same_numbers", "training_set_is_standardised"],
             says="each image is standardised by its own numbers"),
    Chaff("channels_together", "One mean and one deviation serve all channels.", """
        - mean = train.mean(axis=(0, 2, 3), keepdims=True)
        - deviation = train.std(axis=(0, 2, 3), keepdims=True)
        + mean = train.mean()
        + deviation = train.std()
        """, fails=["training_set_is_standardised", "other_sets_use_the_same_numbers"],
             says="mean and deviation are over all channels together"),
    Chaff("deviation_forgotten", "The mean is subtracted, and nothing is divided.", """
        - torch.tensor((images - mean) / deviation, dtype=torch.float32)
        + torch.tensor(images - mean, dtype=torch.float32)
        """, fails=["training_set_is_standardised", "other_sets_use_the_same_numbers"],
             says="the mean is subtracted, but the deviation does not divide"),
    Chaff("every_pixel_by_itself", "Mean and deviation are taken at each pixel.", """
        - mean = train.mean(axis=(0, 2, 3), keepdims=True)
        - deviation = train.std(axis=(0, 2, 3), keepdims=True)
        + mean = train.mean(axis=0, keepdims=True)
        + deviation = train.std(axis=0, keepdims=True)
        """, fails=["training_set_is_standardised", "other_sets_use_the_same_numbers"],
             says="mean and deviation are taken at each pixel; one for each channel is asked for"),
    Chaff("in_double_precision",
        "The tensors have the type of the arithmetic, which is double precision here.", """
        - mean = train.mean(axis=(0, 2, 3), keepdims=True)
        - deviation = train.std(axis=(0, 2, 3), keepdims=True)
        + mean = train.mean(axis=(0, 2, 3), keepdims=True, dtype=float)
        + deviation = train.std(axis=(0, 2, 3), keepdims=True, dtype=float)

        - torch.tensor((images - mean) / deviation, dtype=torch.float32)
        + torch.tensor((images - mean) / deviation)
        """, fails=["training_set_is_standardised"],
             says="the numbers are float64; float32 is asked for"),
    Chaff("only_training_standardised", "Only the training set is standardised.", """
        - return tuple(
        -     torch.tensor((images - mean) / deviation, dtype=torch.float32)
        + train = (train - mean) / deviation
        + return tuple(
        +     torch.tensor(images, dtype=torch.float32)
        """, fails=["other_sets_use_the_same_numbers", "sets_of_other_sizes"],
             says="it is not standardised at all"),
    Chaff("own_numbers_for_each_set", "Each set is standardised by its own mean and deviation.", """
        - mean = train.mean(axis=(0, 2, 3), keepdims=True)
        - deviation = train.std(axis=(0, 2, 3), keepdims=True)
        + def standardised(images):
        +     mean = images.mean(axis=(0, 2, 3), keepdims=True)
        +     return (images - mean) / images.std(axis=(0, 2, 3), keepdims=True)

        - torch.tensor((images - mean) / deviation, dtype=torch.float32)
        + torch.tensor(standardised(images), dtype=torch.float32)
        """, fails=["other_sets_use_the_same_numbers", "sets_of_other_sizes"],
             says="it is standardised by its own mean and deviation"),
    Chaff("unseen_images_have_a_say", "Mean and deviation are taken over all three sets.", """
        - mean = train.mean(axis=(0, 2, 3), keepdims=True)
        - deviation = train.std(axis=(0, 2, 3), keepdims=True)
        + everything = np.concatenate([train, validation, test])
        + mean = everything.mean(axis=(0, 2, 3), keepdims=True)
        + deviation = everything.std(axis=(0, 2, 3), keepdims=True)
        """, fails=["training_set_is_standardised", "other_sets_use_the_same_numbers"],
             says="the numbers are those of all three sets: unseen images had a say"),
    # random_shift
    Chaff("shift_by_nothing", "The shift is always 0.", """
        - starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
        + starts = [(most, most)] * len(images)
        """, fails=["images_are_shifted_by_whole_pixels"],
             says="no image is shifted at all"),
    Chaff("shift_filled_with_paper", "What becomes free is 1.", """
        - wide = F.pad(images, (most, most, most, most))
        + wide = F.pad(images, (most,) * 4, 'constant', 1.0)
        """, fails=["images_are_shifted_by_whole_pixels"],
             says="what becomes free is filled with ones"),
    Chaff("all_shifted_alike", "All images of a batch are shifted by the same amount.", """
        - starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
        - return torch.stack([
        -     one[:, y : y + height, x : x + width] for one, (y, x) in zip(wide, starts)
        - ])
        + y, x = torch.randint(0, 2 * most + 1, (2,)).tolist()
        + return wide[:, :, y : y + height, x : x + width].clone()
        """, fails=["each_image_has_its_own_shift"],
             says="all images of the batch are shifted alike"),
    Chaff("channels_shifted_apart", "Each channel is shifted by an amount of its own.", whole="""
def random_shift(images, most):
    n, channels, height, width = images.shape
    wide = F.pad(images, (most, most, most, most)).reshape(-1, height + 2 * most, width + 2 * most)
    starts = torch.randint(0, 2 * most + 1, (n * channels, 2)).tolist()
    moved = [one[y : y + height, x : x + width] for one, (y, x) in zip(wide, starts)]
    return torch.stack(moved).reshape(images.shape)
        """, fails=["images_are_shifted_by_whole_pixels"],
             says="the channels of an image are shifted differently"),
    Chaff("shift_along_the_diagonal", "Both directions are shifted by the same number.", """
        - starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
        + starts = torch.randint(0, 2 * most + 1, (len(images), 1)).expand(-1, 2).tolist()
        """, fails=["all_shifts_occur"],
             says="both directions are shifted by the same number"),
    Chaff("shift_filled_with_edges", "What becomes free repeats the pixels at the edge.", """
        - wide = F.pad(images, (most, most, most, most))
        + wide = F.pad(images, (most, most, most, most), mode='replicate')
        """, fails=["images_are_shifted_by_whole_pixels"],
             says="what becomes free repeats the pixels at the edge"),
    Chaff("shift_in_place", "The batch that came in is overwritten.", """
        - return torch.stack([
        -     one[:, y : y + height, x : x + width] for one, (y, x) in zip(wide, starts)
        - ])
        + for k, (y, x) in enumerate(starts):
        +     images[k] = wide[k, :, y : y + height, x : x + width]
        + return images
        """, fails=["images_that_came_in_stay"],
             says="Return a new tensor; the images that came in may be needed again."),
    Chaff("shift_one_way", "Images are shifted down and to the right only.", """
        - starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
        + starts = torch.randint(0, most + 1, (len(images), 2)).tolist()
        """, fails=["all_shifts_occur"],
             says="some of the shifts from -most to most never occur"),
    Chaff("shift_without_the_last",
        "The largest shift to one side never occurs: randint leaves its upper end out.", """
        - starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
        + starts = torch.randint(0, 2 * most, (len(images), 2)).tolist()
        """, fails=["all_shifts_occur"],
             says="some of the shifts from -most to most never occur"),
    Chaff("shift_wraps_around",
        "What leaves the image on one side comes in again on the other.", whole="""
        def random_shift(images, most):
            shifts = torch.randint(-most, most + 1, (len(images), 2)).tolist()
            return torch.stack([one.roll(shift, (1, 2)) for one, shift in zip(images, shifts)])
        """, fails=["images_are_shifted_by_whole_pixels"],
             says="what leaves on one side comes in on the other"),
    # build_colour_cnn
    Chaff("normalised_at_the_end_of_a_block", "Normalisation is the last part of a block.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        - layers += [nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU()]
        + layers += [nn.MaxPool2d(2), nn.BatchNorm2d(after)]
        """, fails=["colour_cnn_computes_what_it_should"],
             says="batch normalisation comes after the ReLU, or even after the pooling"),
    Chaff("no_relu", "There is no ReLU in the blocks.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        - layers += [nn.MaxPool2d(2)]
        + layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after)]
        + layers += [nn.MaxPool2d(2)]
        """, fails=["colour_cnn_computes_what_it_should"],
             says="there is no ReLU"),
    Chaff("dropout_of_another_strength", "Dropout has p = 0.75.", """
- return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
+ return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.75), nn.Linear(64 * 4 * 4, n_classes))
        """, fails=["colour_cnn_has_the_layers"],
             says="dropout has p = #"),
    Chaff("dropout_in_every_block", "There is dropout after every block.", """
        - layers += [nn.MaxPool2d(2)]
        + layers += [nn.MaxPool2d(2), nn.Dropout(0.25)]
        """, fails=["colour_cnn_has_the_layers"],
             says="there are # dropout layers, not one"),
    Chaff("dropout_always_on", "Dropout does not know that there are two modes.", """
- return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
+ class Dropped(nn.Dropout):
+     def forward(self, x):
+         return F.dropout(x, self.p)
+ return nn.Sequential(*layers, nn.Flatten(), Dropped(0.25), nn.Linear(64 * 4 * 4, n_classes))
        """, fails=["colour_cnn_computes_what_it_should", "colour_cnn_has_two_modes"],
             says="something is dropped at random in evaluation mode too"),
    Chaff("dropout_at_the_end",
        "Dropout throws scores away, and not what the last layer is given.", """
- return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
+ return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes), nn.Dropout(0.25))
        """, fails=["colour_cnn_has_the_layers"],
             says="it is not the single features that are dropped, just before the linear layer"),
    Chaff("dropout_of_whole_maps", "Dropout2d drops whole feature maps, not single features.", """
- return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
+ return nn.Sequential(*layers, nn.Dropout2d(0.25), nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        """, fails=["colour_cnn_has_the_layers"],
             says="it is not the single features that are dropped, just before the linear layer"),
    Chaff("normalised_after_the_relu", "Batch normalisation comes after the ReLU.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        + layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(after)]
        """, fails=["colour_cnn_computes_what_it_should"],
             says="batch normalisation comes after the ReLU, or even after the pooling"),
    Chaff("statistics_of_the_batch_always",
        "Batch normalisation uses the batch in evaluation mode too.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        + layers += [nn.Conv2d(before, after, 3, padding=1)]
        + layers += [nn.BatchNorm2d(after, track_running_stats=False), nn.ReLU()]
        """, fails=["colour_cnn_has_the_layers"],
             says="batch normalisation keeps no running averages"),
    Chaff("without_dropout", "There is no dropout.", """
- return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
+ return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
        """, fails=["colour_cnn_has_the_layers"],
             says="nothing is dropped in training mode"),
    Chaff("without_normalisation", "There is no batch normalisation.", """
        - layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        + layers += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU()]
        """, fails=["colour_cnn_has_the_layers"],
             says="there is no batch normalisation"),
]
