"""The data sets that do not come with the course: what they are, and where they are got."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.datasets.folders import cache_folder, data_folder
from helpers.errors import DataError

MEGABYTE = 10**6


@dataclass(frozen=True)
class Source:
    """A data set of somebody else's.

    Attributes
    ----------
    name : str
        What it is loaded as.
    about : str
        One sentence.
    files : tuple of str
        The files that make it up.
    short : str
        The files in a few words.
    archives : tuple of str
        Archives that hold them all; one of these does in place of the files.
    url : str or None
        Where the first of the archives is fetched from; None if it has to be got by hand.
    sha256 : str or None
        Of the file at `url`.
    size : int
        Of the file at `url`, in bytes.
    most : int
        A file of the set that is larger, unpacked, is refused.
    credit : str
        Whose it is, and under which terms.
    """

    name: str
    about: str
    files: tuple[str, ...]
    short: str
    archives: tuple[str, ...]
    url: str | None
    sha256: str | None
    size: int
    most: int
    credit: str

    @property
    def folders(self) -> tuple[Path, Path]:
        """Where the files are looked for: put there by hand, and fetched."""
        return data_folder() / self.name, cache_folder() / self.name

    @property
    def by_hand(self) -> str:
        """What to put where without a network, as the end of a message."""
        return f"put {self.archives[0]} (or {self.short}) into {self.folders[0]}"

    @property
    def remedy(self) -> str:
        """How to come by the files, as the end of a message."""
        if self.url is None:
            return f"no address is known any more that it could be fetched from: {self.by_hand}"
        return f"run `python -m helpers data fetch {self.name}`, or {self.by_hand}"


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            name="nist36",
            about="the original course's handwriting: 10,800 / 3,600 / 1,800 letters and digits",
            files=("nist36_train.mat", "nist36_valid.mat", "nist36_test.mat"),
            short="nist36_train.mat, nist36_valid.mat and nist36_test.mat",
            archives=("data.zip",),
            url=None,
            sha256=None,
            size=0,
            most=400 * MEGABYTE,
            credit="given out by the original course, made from NIST Special Database 19 "
            "(Grother 1995); terms not stated",
        ),
        Source(
            name="emnist",
            about="EMNIST ByClass: forms filled in by thousands of writers; upper case and digits",
            files=tuple(
                f"emnist-byclass-{part}-{kind}-ubyte"
                for part in ("train", "test")
                for kind in ("images-idx3", "labels-idx1")
            ),
            short="its four files emnist-byclass-*-ubyte.gz, unpacked or not",
            archives=("gzip.zip",),
            url="https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
            sha256="fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e",
            size=561_753_746,
            most=2000 * MEGABYTE,
            credit="Cohen, Afshar, Tapson, van Schaik (2017), from NIST Special Database 19, a "
            "work of the US government",
        ),
        Source(
            name="cifar10",
            about="CIFAR-10: 60,000 small colour photographs of 10 kinds of things",
            files=(
                *(f"data_batch_{k}.bin" for k in range(1, 6)),
                "test_batch.bin",
                "batches.meta.txt",
            ),
            short="its five data_batch_*.bin, test_batch.bin and batches.meta.txt",
            archives=("cifar-10-binary.tar.gz",),
            url="https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
            sha256="c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            size=170_052_171,
            most=40 * MEGABYTE,
            credit="Krizhevsky (2009), Learning multiple layers of features from tiny images; "
            "terms not stated",
        ),
    )
}
"""Every data set that has to be got first, by its name."""


def find_source(name: str) -> Source:
    """Look up a data set of somebody else's.

    Raises
    ------
    DataError
        If there is none of that name.

    Examples
    --------
    >>> find_source("cifar10").files[-1]
    'batches.meta.txt'
    """
    if name not in SOURCES:
        raise DataError(
            f"'{name}' is no data set that can be fetched; choose one of: {', '.join(SOURCES)}"
        )
    return SOURCES[name]
