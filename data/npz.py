"""Write arrays as a file that is the same, byte for byte, wherever it is made."""

from __future__ import annotations

import io
import zipfile

import numpy as np


def container(arrays: dict[str, np.ndarray], compression: int = zipfile.ZIP_STORED) -> bytes:
    """The bytes of an .npz file; they depend on nothing but the arrays.

    Parameters
    ----------
    arrays : dict of str to ndarray
        No arrays of objects: nothing is pickled.
    compression : int
        ``zipfile.ZIP_STORED`` or ``zipfile.ZIP_BZIP2``.  There is one encoder of bzip2, and it has
        written the same streams for decades; builds of zlib differ in what they write.

    Returns
    -------
    bytes

    Examples
    --------
    >>> same = [container({"a": np.arange(3)}, zipfile.ZIP_BZIP2) for _ in range(2)]
    >>> same[0] == same[1]
    True
    >>> np.load(io.BytesIO(same[0]))["a"]
    array([0, 1, 2])
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, member.getvalue(), compression, compresslevel=9)
    return out.getvalue()
