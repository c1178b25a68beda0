"""The forward pass of a convolutional network in NumPy: what PyTorch does, by hand.

A batch of pictures has shape (N, channels, height, width), as in PyTorch.  What is called a
convolution here is, as everywhere in this field, a cross-correlation: the kernel is not turned.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolve(x: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> np.ndarray:
    """Slide kernels over pictures; zeros all around keep the pictures as large as they are.

    Every place of the result is one row of a matrix product: the patch of the picture under the
    kernel, times the kernel ("im2col", Chellapilla, Puri and Simard 2006).

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    weights : ndarray, shape (K, C, h, w)
        K kernels of height h and width w, both odd.
    biases : ndarray, shape (K,)

    Returns
    -------
    ndarray, shape (N, K, H, W)
        ``result[n, k, y, x]`` is ``biases[k]`` plus the sum of kernel ``k`` times the patch of
        picture ``n`` whose middle is at (y, x).

    Raises
    ------
    ValueError
        If a kernel's side is even, or the numbers of channels differ.

    Examples
    --------
    >>> picture = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> right_minus_left = np.array([[[[-1.0, 0.0, 1.0]]]])
    >>> convolve(picture, right_minus_left, np.zeros(1))[0, 0]
    array([[ 1.,  2., -1.],
           [ 4.,  2., -4.],
           [ 7.,  2., -7.]])
    """
    kernels, channels, height, width = weights.shape
    if height % 2 == 0 or width % 2 == 0 or x.shape[1] != channels:
        raise ValueError(
            f"kernels of shape {weights.shape} do not fit pictures of shape {x.shape}; "
            "kernels have odd sides and as many channels (second axis) as the pictures"
        )
    around = ((0, 0), (0, 0), (height // 2,) * 2, (width // 2,) * 2)
    patches = sliding_window_view(np.pad(x, around), (height, width), axis=(2, 3))
    rows = patches.transpose(0, 2, 3, 1, 4, 5).reshape(-1, channels * height * width)
    maps = rows @ weights.reshape(kernels, -1).T + biases
    return maps.reshape(len(x), *x.shape[2:], kernels).transpose(0, 3, 1, 2)


def max_pool(x: np.ndarray, size: int = 2) -> np.ndarray:
    """Keep the largest value of every square; squares lie side by side.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W)
    size : int
        The side of a square.  Rows and columns that fill no square are left out.

    Returns
    -------
    ndarray, shape (N, C, H // size, W // size)

    Examples
    --------
    >>> max_pool(np.array([[[[1.0, 2.0, 0.0, 0.0], [3.0, 4.0, 0.0, 9.0]]]]))
    array([[[[4., 9.]]]])
    """
    n, channels, height, width = x.shape
    rows, columns = height // size, width // size
    squares = x[:, :, : rows * size, : columns * size]
    return squares.reshape(n, channels, rows, size, columns, size).max(axis=(3, 5))


def fold_batch_norm(
    weights: np.ndarray,
    biases: np.ndarray,
    *,
    mean: np.ndarray,
    variance: np.ndarray,
    scale: np.ndarray,
    shift: np.ndarray,
    epsilon: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray]:
    """Let a convolution do the work of the batch normalisation that follows it.

    Once trained, batch normalisation (Ioffe and Szegedy 2015) takes the same straight line of
    every value: ``scale * (value - mean) / sqrt(variance + epsilon) + shift``.  A straight line
    after a linear map is another linear map, as in exercise 1.3.

    Parameters
    ----------
    weights : ndarray, shape (K, C, h, w)
    biases : ndarray, shape (K,)
    mean, variance : ndarray, shape (K,)
        Of each kernel's values, as kept from the training.
    scale, shift : ndarray, shape (K,)
        What the normalisation has learnt (PyTorch's ``weight`` and ``bias``).
    epsilon : float

    Returns
    -------
    weights : ndarray, shape (K, C, h, w)
    biases : ndarray, shape (K,)

    Examples
    --------
    >>> line = dict(mean=np.ones(1), variance=np.array([4.0]), scale=np.ones(1), shift=np.ones(1))
    >>> w, b = fold_batch_norm(np.full((1, 1, 1, 1), 2.0), np.array([3.0]), **line, epsilon=0.0)
    >>> float(w[0, 0, 0, 0]), float(b[0])
    (1.0, 2.0)
    """
    slope = scale / np.sqrt(variance + epsilon)
    return weights * slope[:, None, None, None], (biases - mean) * slope + shift
