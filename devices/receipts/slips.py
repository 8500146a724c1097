"""From a slip to its image, with one office's look."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from assets.files import font_path
from assets.theme import Theme
from devices.receipts.dossier_layout import lay_out_dossier
from devices.receipts.draw import Fonts, draw
from devices.receipts.layout import lay_out
from devices.receipts.page import Page
from devices.receipts.style import slip_style
from queue_server.contract.values import DossierSlip, Slip

AnySlip = Slip | DossierSlip


class SlipArtist:
    """Draws slips. Keeps its fonts loaded, so one instance serves one thread for its life."""

    def __init__(self, theme: Theme, font_file: Callable[[int], Path] | None = None) -> None:
        """Raises OSError when the theme's logo cannot be read."""
        self._theme = theme
        family = theme.type.family
        self.fonts = Fonts(font_file or (lambda weight: font_path(family, weight)))
        self._logo = _loaded(theme.brand.logo)

    def page(self, slip: AnySlip, dots: int) -> Page:
        """Raises ValueError for a width that slips are not designed for."""
        size = self._logo.size if self._logo else None
        if isinstance(slip, DossierSlip):
            return lay_out_dossier(slip, slip_style(self._theme, dots), self.fonts.measure, size)
        return lay_out(slip, slip_style(self._theme, dots), self.fonts.measure, size)

    def image(self, slip: AnySlip, dots: int) -> Image.Image:
        """The finished slip, mode "1", `dots` wide. Raises ValueError as `page` does."""
        return draw(self.page(slip, dots), self.fonts, self._logo)


def _loaded(logo: Path | None) -> Image.Image | None:
    if logo is None:
        return None
    with Image.open(logo) as picture:
        picture.load()
        return picture.copy()
