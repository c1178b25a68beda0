"""Mistakes in exercise 5.3.1: Letters beside their reconstructions."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # pick_examples
    Chaff("always_two", "There are always two of each class.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return np.concatenate([np.flatnonzero(labels == k)[:2] for k in chosen])
        """, fails=["examples_differ", "one_of_each_class"],
             says="there are two of each class, whatever `each` is"),
    Chaff("by_rows", "The examples come in the order of their rows, not of the classes.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return np.sort(np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen]))
        """, fails=["classes_that_were_chosen", "one_of_each_class"],
             says="the order is not that in which the classes were chosen"),
    Chaff("drawn_with_replacement",
        "The examples of a class are drawn with replacement: the same one may come twice.", """
    - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
    + return np.concatenate([np.random.choice(np.flatnonzero(labels == k), each) for k in chosen])
        """, fails=["examples_differ"],
             says="Two examples of a class must be two different rows."),
    Chaff("first_rows", "The first rows are taken, whatever their class.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return np.arange(each * len(chosen))
        """, fails=["classes_that_were_chosen", "one_of_each_class"],
             says="these are the first rows, whatever their class"),
    Chaff("labels_returned", "The classes of the examples are returned, not their rows.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return labels[np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])]
        """, fails=["classes_that_were_chosen", "examples_differ", "one_of_each_class"],
             says="these are the classes of the images; their row numbers are asked for"),
    Chaff("lists_in_a_list", "There is a list of rows for each class.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return [list(np.flatnonzero(labels == k)[:each]) for k in chosen]
        """, fails=["classes_that_were_chosen", "examples_differ", "one_of_each_class"],
             says="a row number is a list, not a number"),
    Chaff("one_class_for_all", "All examples come from the first of the chosen classes.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return np.concatenate([np.flatnonzero(labels == chosen[0])[:each] for k in chosen])
        """, fails=["classes_that_were_chosen", "examples_differ", "one_of_each_class"],
             says="all examples are of one of the chosen classes"),
    Chaff("places_within_the_class", "The rows are counted within each class.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return np.concatenate([np.arange(np.sum(labels == k))[:each] for k in chosen])
        """, fails=["classes_that_were_chosen", "examples_differ", "one_of_each_class"],
             says="np.flatnonzero(labels == k) gives the rows of class k. Take as many as are wanted."),
    Chaff("same_image_twice", "The first example of each class is taken twice.", """
        - return np.concatenate([np.flatnonzero(labels == k)[:each] for k in chosen])
        + return np.concatenate([np.repeat(np.flatnonzero(labels == k)[:1], each) for k in chosen])
        """, fails=["examples_differ"],
             says="Two examples of a class must be two different rows."),
    # side_by_side
    Chaff("axes_swapped", "The first axis counts the two kinds of images.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.array([shown.reshape(-1, 32, 32), remade.reshape(-1, 32, 32)])
        """, fails=["a_single_pair", "originals", "reconstructions"],
             says="the first two axes have changed places: the first one counts the rows"),
    Chaff("reconstruction_turned_round", "Ink and paper of the reconstruction are swapped.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.stack([shown, 1 - remade], axis=1).reshape(-1, 2, 32, 32)
        """, fails=["a_single_pair", "reconstructions"],
             says="they are inverted: ink and paper have changed places"),
    Chaff("black_and_white", "The reconstructions are rounded to black and white.", """
        - remade = forward_autoencoder(shown, params)
        + remade = np.round(forward_autoencoder(shown, params))
        """, fails=["a_single_pair", "reconstructions"],
             says="they are rounded to black and white"),
    Chaff("differences", "What is missing is shown in place of the reconstruction.", """
        - remade = forward_autoencoder(shown, params)
        + remade = shown - forward_autoencoder(shown, params)
        """, fails=["a_single_pair", "reconstructions"],
             says="these are what is missing, original minus reconstruction"),
    Chaff("first_images", "The first images are shown, not those of the rows.", """
        - shown = x[rows]
        + shown = x[: len(rows)]
        """, fails=["a_single_pair", "originals", "reconstructions"],
             says="these are the first images, not those of the rows"),
    Chaff("images_transposed", "The images are transposed.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32).transpose(0, 1, 3, 2)
        """, fails=["a_single_pair", "originals", "reconstructions"],
             says="the images are transposed"),
    Chaff("not_cut", "The images are still rows of 1024 pixels.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.stack([shown, remade], axis=1)
        """, fails=["a_single_pair", "originals", "reconstructions"],
             says="each image still is a row of #,# pixels"),
    Chaff("not_paired", "First come all originals, then all reconstructions, cut into pairs.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.concatenate([shown, remade]).reshape(-1, 2, 32, 32)
        """, fails=["originals", "reconstructions"],
             says="all originals come before all reconstructions, and no two are a pair"),
    Chaff("originals_twice", "The original stands in place of the reconstruction.", """
        - remade = forward_autoencoder(shown, params)
        + remade = shown
        """, fails=["a_single_pair", "reconstructions"],
             says="these are the originals once more"),
    Chaff("reconstructions_first", "The reconstructions come first, then the originals.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.stack([remade, shown], axis=1).reshape(-1, 2, 32, 32)
        """, fails=["a_single_pair", "originals", "reconstructions"],
             says="the reconstructions come first; they belong to pairs[:, #]"),
    Chaff("single_pair_squeezed", "A single pair loses its first axis.", """
        - return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
        + return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32).squeeze()
        """, fails=["a_single_pair"],
             says="A single row makes an array of shape (#, #, #, #)."),
    Chaff("written_into_the_images", "The reconstructions are written into x.", """
          remade = forward_autoencoder(shown, params)
        + x[rows] = remade
        """, fails=["images_are_left_alone"],
             says="Don't write into x, and don't set its shape: make new arrays."),
]
