"""Boxes painted cheaply in software: opaque insides are cleared, only the rims are textured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kivy.graphics import Callback, Mesh
from kivy.graphics.opengl import (
    GL_COLOR_BUFFER_BIT,
    GL_SCISSOR_TEST,
    glClear,
    glClearColor,
    glDisable,
    glEnable,
    glScissor,
)

from kiosk.ui.textures import Painted
from kiosk.ui.theme import Rgb

LEAST_PX = 4
"""A smaller inside is not worth a clearing of its own."""
QUADS = tuple((row * 4 + column) for row in range(3) for column in range(3))
"""The lower left corner of each of the nine parts among 4 × 4 points."""
INSIDE = 5


class Fill:
    """An opaque rectangle on the glass, a sixth of the cost of a textured one. Make it in a canvas.

    It knows no opacity: switch it off for what fades. Nothing is painted while `shown` says no.
    """

    def __init__(self, shown: Callable[[], bool]) -> None:
        self._shown = shown
        self._area = (0, 0, 0, 0)
        self._colour = (0.0, 0.0, 0.0)
        self._on = True
        self._instruction = Callback(self._paint)

    def put(self, area: tuple[float, float, float, float], colour: Rgb) -> None:
        """Paint this area: x, y, width, height in px from the lower left."""
        x, y, width, height = (int(length) for length in area)
        red, green, blue = colour
        wanted = ((x, y, width, height), (red / 255, green / 255, blue / 255))
        if wanted != (self._area, self._colour):
            self._area, self._colour = wanted
            self._instruction.ask_update()

    def clear(self) -> None:
        """Paint nothing."""
        self.put((0, 0, 0, 0), (0, 0, 0))

    def switch(self, on: bool) -> None:
        """Whether to paint at all."""
        if on != self._on:
            self._on = on
            self._instruction.ask_update()

    def _paint(self, _instruction: object) -> None:
        x, y, width, height = self._area
        if not self._on or width < 1 or height < 1 or not self._shown():
            return
        glEnable(GL_SCISSOR_TEST)
        glScissor(x, y, width, height)
        glClearColor(*self._colour, 1.0)
        glClear(GL_COLOR_BUFFER_BIT)
        glDisable(GL_SCISSOR_TEST)


class NineParts:
    """A stretched picture of nine parts, with or without the one inside. Make it in a canvas."""

    def __init__(self) -> None:
        self._mesh = Mesh(mode="triangles")

    def put(self, painted: Painted, area: tuple[float, float, float, float], inside: bool) -> None:
        """Draw the picture over an area: x, y, width, height in px from the lower left."""
        x, y, width, height = area
        left, top, right, bottom = painted.fixed
        texture = painted.texture
        xs = (x, x + left, x + width - right, x + width)
        ys = (y, y + bottom, y + height - top, y + height)
        us = (0.0, left / texture.width, 1 - right / texture.width, 1.0)
        vs = (0.0, bottom / texture.height, 1 - top / texture.height, 1.0)
        corner = texture.tex_coords
        u0, v0, wide, high = corner[0], corner[1], corner[2] - corner[0], corner[5] - corner[1]
        points = [
            value
            for py, v in zip(ys, vs, strict=True)
            for px, u in zip(xs, us, strict=True)
            for value in (px, py, u0 + u * wide, v0 + v * high)
        ]
        self._mesh.texture = texture
        self._mesh.vertices = points
        self._mesh.indices = _triangles([quad for quad in QUADS if inside or quad != INSIDE], xs, ys)

    def clear(self) -> None:
        """Draw nothing."""
        self._mesh.indices = []


def _triangles(quads: Sequence[int], xs: Sequence[float], ys: Sequence[float]) -> list[int]:
    corners: list[int] = []
    for quad in quads:
        row, column = divmod(quad, 4)
        if xs[column] != xs[column + 1] and ys[row] != ys[row + 1]:
            corners += (quad, quad + 1, quad + 5, quad, quad + 5, quad + 4)
    return corners


def inside_of(
    painted: Painted, area: tuple[float, float, float, float]
) -> tuple[float, float, float, float] | None:
    """The stretched middle of an area, when it is worth clearing."""
    left, top, right, bottom = painted.fixed
    x, y, width, height = area
    inner = (x + left, y + bottom, width - left - right, height - top - bottom)
    if not any(painted.fixed) or min(inner[2:]) < LEAST_PX:
        return None
    return inner
