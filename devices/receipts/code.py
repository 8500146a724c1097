"""A QR code as rows of black and white modules."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M

_MASK = 3
"""Fixed: choosing among the eight masks takes most of the time, and any of them reads."""


def modules(data: str) -> tuple[tuple[bool, ...], ...]:
    """The smallest code at error level M, without its quiet zone. Raises ValueError for too much data."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(data)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
