"""A QR code as an SVG picture in a `data:` address, black on white with its quiet zone."""

import base64

QUIET_MODULES = 4


def qr_picture(data: str) -> str:
    """`data:image/svg+xml;base64,…` of the smallest code at error level M. Raises ValueError for too much."""
    import qrcode  # with Pillow 4 MB, and few offices' servers draw a form every day
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows) + 2 * QUIET_MODULES
    path = "".join(
        f"M{x + QUIET_MODULES} {y + QUIET_MODULES}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
