"""Mistakes in exercise 5.3.2: The peak signal-to-noise ratio."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # psnr
    Chaff("absolute_error", "The mean of the absolute differences is taken.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(1 / np.mean(np.abs(reconstruction - original)))
        """, fails=["known_value"],
             says="these are absolute differences, not squares"),
    Chaff("base_two", "The logarithm to the base 2 is taken.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log2(1 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="this is the logarithm to the base #"),
    Chaff("bytes",
        "The pixels are turned into bytes first: differences of bytes wrap around, and "
        "so do squares.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + original = np.round(255 * original).astype(np.uint8)
        + reconstruction = np.round(255 * reconstruction).astype(np.uint8)
        + return 10 * np.log10(255**2 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="MSE is the mean of the squared differences; PSNR = # log10(# / MSE)."),
    Chaff("difference_in_place", "The difference is written into the reconstruction.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + reconstruction -= original
        + return 10 * np.log10(1 / np.mean(reconstruction**2))
        """, fails=["arguments_are_left_alone"],
             says="No -= on what was handed over: make a new array of differences."),
    Chaff("divided_by_1024", "The number of pixels is written into the code.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(1 / (np.sum((reconstruction - original) ** 2) / 1024))
        """, fails=["image_of_any_shape"],
             says="The mean runs over all entries, however many and of whatever shape: no #, no #,# in it."),
    Chaff("error_summed", "The squared error is summed, not averaged.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(1 / np.sum((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the error is summed, not averaged"),
    Chaff("factor_20", "The factor is 20 in place of 10.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 20 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the factor is # where it should be #"),
    Chaff("natural_logarithm", "The natural logarithm is taken.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log(1 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="this is the natural logarithm"),
    Chaff("no_factor", "The factor 10 is missing.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return np.log10(1 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the factor # is missing"),
    Chaff("peak_255", "The largest pixel is taken for 255.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(255**2 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the largest value of a pixel is taken for #; here it is #"),
    Chaff("peak_of_the_image", "The largest pixel of the image at hand is taken for the peak.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(np.max(original) ** 2 / np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the largest value in the image is taken for the peak; white is #, always"),
    Chaff("root_with_factor_10", "The root of the mean square comes with the factor 10.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(1 / np.sqrt(np.mean((reconstruction - original) ** 2)))
        """, fails=["known_value"],
             says="this is the root of the mean square in place of the mean square"),
    Chaff("rows_one_by_one", "The mean runs over the rows only, one PSNR a column.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2, axis=0))
        """, fails=["image_of_any_shape"],
             says="The mean runs over all entries, however many and of whatever shape: no #, no #,# in it."),
    Chaff("sign", "The sign is wrong.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(np.mean((reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the sign is wrong"),
    Chaff("squared_after_the_mean", "The mean difference is squared, not the differences.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return 10 * np.log10(1 / np.mean(reconstruction - original) ** 2)
        """, fails=["known_value"],
             says="the differences are squared after the mean"),
    Chaff("reshaped_to_32_by_32", "The image is reshaped to 32 by 32 pixels.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + difference = reconstruction.reshape(32, 32) - original.reshape(32, 32)
        + return 10 * np.log10(1 / np.mean(difference**2))
        """, fails=["image_of_any_shape"],
             says="`psnr(original, reconstruction)` raised ValueError: cannot reshape array of size # into shape (#,#)"),
    Chaff("peak_is_255", "The peak is 255, without a square.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + mse = np.mean((reconstruction - original) ** 2)
        + return 10 * (np.log10(255) - np.log10(mse))
        """, fails=["known_value"],
             says="# is taken for the peak, and not even squared"),
    Chaff("peak_of_what_came_back", "The peak is the largest value that came back.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + peak = np.max(reconstruction)
        + return 20 * np.log10(peak / np.sqrt(np.mean((reconstruction - original) ** 2)))
        """, fails=["known_value"],
             says="the largest value in the reconstruction is taken for the peak; white is #, always"),
    Chaff("half_of_the_square", "Half of the squares are averaged.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + return -10 * np.log10(np.mean(0.5 * (reconstruction - original) ** 2))
        """, fails=["known_value"],
             says="the error is halved"),
    Chaff("clipped_to_what_is_visible", "Dark pixels are left out.", """
        - return 10 * np.log10(1 / np.mean((reconstruction - original) ** 2))
        + light = original > 0.1
        + return 10 * np.log10(1 / np.mean((reconstruction[light] - original[light]) ** 2))
        """, fails=["any_image"],
             says="Nothing is rounded, clipped or left out before the difference is taken; black counts, too."),
    # mean_psnr
    Chaff("returns_in_the_loop", "The `return` stands inside the loop.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + for one, other in zip(originals, reconstructions):
        +     return psnr(one, other)
        """, fails=["mean_over_images"],
             says="it is the PSNR of the first image"),
    Chaff("images_averaged_first", "The images are averaged, and these are compared.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return psnr(np.mean(originals, axis=0), np.mean(reconstructions, axis=0))
        """, fails=["mean_over_images"],
             says="it is the PSNR of the mean images; each image has a PSNR of its own"),
    Chaff("columns", "The PSNRs are those of the pixels, not of the images.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return np.mean([psnr(one, other) for one, other in zip(originals.T, reconstructions.T)])
        """, fails=["mean_over_images"],
             says="it is the mean over the columns: each pixel is taken for an image"),
    Chaff("first_ten_images",
        "Only the first ten images count: a limit that was left in after trying out.", """
    - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
    + return np.mean([psnr(one, other) for one, other in zip(originals[:10], reconstructions[:10])])
        """, fails=["mean_of_any_number"],
             says="The mean of the PSNRs of all rows, be it one row or a hundred."),
    Chaff("last_image", "The PSNR of the last image alone is returned.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + for one, other in zip(originals, reconstructions):
        +     value = psnr(one, other)
        + return value
        """, fails=["mean_over_images"],
             says="it is the PSNR of the last image"),
    Chaff("mean_of_the_errors", "The errors are averaged over the images before the logarithm.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return psnr(originals, reconstructions)
        """, fails=["mean_over_images"],
             says="it is the PSNR of the mean error; the logarithm comes before the mean"),
    Chaff("median", "The median of the PSNRs is taken.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return np.median([psnr(one, other) for one, other in zip(originals, reconstructions)])
        """, fails=["mean_over_images"],
             says="it is the median"),
    Chaff("sum_of_psnrs", "The PSNRs are added up.", """
        - return np.mean([psnr(one, other) for one, other in zip(originals, reconstructions)])
        + return np.sum([psnr(one, other) for one, other in zip(originals, reconstructions)])
        """, fails=["mean_over_images"],
             says="it is the sum of the PSNRs"),
]
