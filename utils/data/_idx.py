"""The IDX format, in which MNIST is published: a header, then the bytes.

Source: the description on the MNIST page of Y. LeCun, C. Cortes, C. J. C. Burges.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

UNSIGNED_BYTE = 8


def parse_idx(data: bytes) -> np.ndarray:
    """Return the uint8 array, of any shape, that an IDX file holds.

    Raises `ValueError` when `data` is no IDX file of unsigned bytes or has not
    the length that its header says.
    """
    import numpy as np

    start = 4 + 4 * data[3] if len(data) > 3 else 4
    if len(data) < start or data[:3] != bytes([0, 0, UNSIGNED_BYTE]):
        raise ValueError("not an IDX file of unsigned bytes")
    n_dims = data[3]
    shape = struct.unpack(f">{n_dims}I", data[4:start])
    values = np.frombuffer(data, dtype=np.uint8, offset=start)
    if values.size != np.prod(shape, dtype=int):
        raise ValueError(f"the IDX header says {shape}, but {values.size} bytes follow")
    return values.reshape(shape).copy()


def format_idx(array: np.ndarray) -> bytes:
    """Return the IDX file of a uint8 array: the inverse of `parse_idx`."""
    if array.dtype.name != "uint8":
        raise ValueError(f"IDX files here hold uint8, not {array.dtype}")
    header = bytes([0, 0, UNSIGNED_BYTE, array.ndim])
    return header + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()
