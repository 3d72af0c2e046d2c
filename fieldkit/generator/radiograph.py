"""Synthetic cargo radiographs: from a scene (`scenes.py`) to a picture. Made, not photographed, and said so in print.

Attenuation is added up along the beam, light falls off with it (Beer-Lambert), the detector adds blur and noise. All of
it is done in whole numbers, so that a scene gives the same picture on every machine.
"""

from __future__ import annotations

import math
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from fieldkit.errors import NotInstalled
from fieldkit.generator.images import HEIGHT, WIDTH
from fieldkit.generator.scenes import Scene, Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEEPEST = 9000  # attenuation in thousandths beyond which nothing comes through
BLUR = 3  # pixels either way
GAP = 2  # between two cartons
# Grey levels of the false colours: what lets most light through is pale orange, dense matter dark blue.
STOPS = ((0, (8, 10, 30)), (60, (24, 40, 110)), (120, (40, 120, 90)), (190, (222, 150, 60)), (255, (255, 250, 240)))


def render(scene: Scene) -> NDArray[np.uint8]:
    """The picture in grey: shape (400, 1200), 0 is no light, 255 all of it. Raises NotInstalled without numpy."""
    try:
        import numpy as np
    except ImportError:
        raise NotInstalled(_("Making scanner images"), "scan") from None
    depth = np.zeros((HEIGHT, WIDTH), np.int32)
    for shape in (*scene["shapes"], *scene["odd"]):
        _add(np, depth, shape)
    table = np.array([round(4080 * math.exp(-n / 1000)) for n in range(DEEPEST + 1)], np.int32)
    light = _blurred(np, table[np.clip(depth, 0, DEEPEST)])
    light += _noise(np, scene["seed"]) * int(scene["noise"]) * (light + 400) // (4480 * 40)
    return np.clip(light // 16, 0, 255).astype(np.uint8)


def in_colour(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture in false colours: shape (400, 1200, 3)."""
    import numpy as np

    at = [stop for stop, _ in STOPS]
    table = [np.interp(np.arange(256), at, [colour[c] for _, colour in STOPS]).round() for c in range(3)]
    return np.stack([channel.astype(np.uint8)[grey] for channel in table], axis=-1)


def _add(np: Any, depth: Any, shape: Shape) -> None:
    kind, x, y, wide, high, amount = shape[:6]
    left, top = max(0, x), max(0, y)
    part = depth[top : min(HEIGHT, y + high), left : min(WIDTH, x + wide)]
    if kind == "rect":
        part += amount
        return
    down, across = np.ogrid[top - y : top - y + part.shape[0], left - x : left - x + part.shape[1]]
    if kind == "grid":
        side = shape[6]
        part += np.where((across % side < GAP) | (down % side < GAP), amount * 7 // 10, amount).astype(np.int32)
        return
    # how far from the centre, 1 at the rim; a round body is thickest in its middle
    far = (2 * across - wide) ** 2 / wide**2 + (2 * down - high) ** 2 / high**2
    if kind == "ring":
        part += np.where((far <= 1) & (far >= 0.25), amount, 0).astype(np.int32)
    else:
        part += np.where(far <= 1, amount * (1200 - 400 * far) // 1000, 0).astype(np.int32)


def _blurred(np: Any, light: Any) -> Any:
    """A moving mean over 2 x BLUR + 1 pixels, down and across."""
    size = 2 * BLUR + 1
    for axis in (0, 1):
        edges = [(BLUR + 1, BLUR) if a == axis else (0, 0) for a in (0, 1)]
        added = np.cumsum(np.pad(light, edges, mode="edge"), axis=axis, dtype=np.int32)
        high = np.take(added, range(size, added.shape[axis]), axis=axis)
        light = (high - np.take(added, range(added.shape[axis] - size), axis=axis)) // size
    return light


def _noise(np: Any, seed: int) -> Any:
    """About normal noise, mean 0 and spread about 148: four even bytes of a counter-based stream added up."""
    bits = np.random.Generator(np.random.PCG64(seed)).bit_generator.random_raw(HEIGHT * WIDTH // 2)
    parts = bits.astype("<u8").view(np.uint8).reshape(HEIGHT, WIDTH, 4)
    return parts.sum(axis=2, dtype=np.int32) - 510
