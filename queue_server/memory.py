"""What start-up needed and nothing needs any more: garbage is collected, free memory is given back."""

import ctypes
import gc


def settle() -> None:
    """Once everything is read: what is alive now stays, and no later collection looks at it again."""
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Free memory back to the system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
