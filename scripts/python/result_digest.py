#!/usr/bin/env python3
"""Print a digest of everything that result files hold, without where and how they were made.

    result_digest.py FILE...

Two runs have equal results when their digests are equal: path, type, shape and value of each dataset count,
attributes of the file itself (its provenance) do not. All NaNs are equal.
"""

import hashlib
import sys

import h5py
import numpy as np


def digest_of_values(values: np.ndarray) -> bytes:
    """SHA-256 of an array's type, shape and values."""
    digest = hashlib.sha256()
    digest.update(f"{values.dtype.str} {values.shape}".encode())
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.array(np.nan, values.dtype), values)
    if values.dtype.kind == "O":
        for value in values.ravel():
            text = value if isinstance(value, bytes) else str(value).encode()
            digest.update(len(text).to_bytes(8, "little") + text)
    else:
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.digest()


def digest_of_file(path: str) -> str:
    """SHA-256 over all datasets in the order of their paths, in hexadecimal digits."""
    found: dict[str, bytes] = {}

    def visit(name: str, item: h5py.HLObject) -> None:
        if isinstance(item, h5py.Dataset):
            found[name] = digest_of_values(np.asarray(item[()]))

    with h5py.File(path, "r") as file:
        file.visititems(visit)
    digest = hashlib.sha256()
    for name in sorted(found):
        digest.update(name.encode() + b"\0" + found[name])
    return digest.hexdigest()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for argument in sys.argv[1:]:
        print(digest_of_file(argument), argument)
