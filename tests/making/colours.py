"""Colours as eyes see them: how far apart two look, also to those who see fewer.

Distances are CIEDE2000 (Sharma, Wu and Dalal 2005, whose test pairs are tried); colour blindness is
simulated as Machado, Oliveira and Fernandes (2009) do, at its full severity.
"""

import math
from itertools import combinations

Triple = tuple[float, float, float]

SIGHTS: dict[str, tuple[Triple, Triple, Triple]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> Triple:
    """Return the light of a colour such as ``#2b5b76``, each part from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)  # type: ignore[return-value]


def seen(light: Triple, sight: str) -> Triple:
    """Return the light that somebody with this sight sees."""
    return tuple(min(max(part, 0.0), 1.0) for part in _times(SIGHTS[sight], light))  # type: ignore[return-value]


def lab(light: Triple) -> Triple:
    """Return light in CIE L*a*b* under D65."""
    scaled = (part / white for part, white in zip(_times(TO_XYZ, light), WHITE, strict=True))
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: Triple, other: Triple) -> float:
    """Return how far apart two colours in L*a*b* look, by CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    grey = _grey((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2)
    c1, c2 = (math.hypot((1 + grey) * a, b) for a, b in ((a1, b1), (a2, b2)))
    h1, h2 = (_hue((1 + grey) * a, b) for a, b in ((a1, b1), (a2, b2)))
    turn = _turn(h1, h2) if c1 * c2 else 0.0
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = _middle(h1, h2) if c1 * c2 else h1 + h2
    t = 1 + sum(w * math.cos(math.radians(k * hue + at)) for w, k, at in HUES)
    sl = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    swing = 30 * math.exp(-(((hue - 275) / 25) ** 2))
    turned = -2 * _seventh(chroma) * math.sin(math.radians(2 * swing))
    dl, dc = (l2 - l1) / sl, (c2 - c1) / sc
    return math.sqrt(dl**2 + dc**2 + (dh / sh) ** 2 + turned * dc * dh / sh)


# Weight, multiple and offset of the terms by which hues are weighed.
HUES = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))


def contrast(one: Triple, other: Triple) -> float:
    """Return the contrast of two lights as WCAG counts it, from 1 to 21."""
    dark, bright = sorted(_times(TO_XYZ, light)[1] for light in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def nearest(colours: list[str], sight: str) -> float:
    """Return how far apart the two most alike of some colours are to somebody with this sight."""
    labs = [lab(seen(linear(colour), sight)) for colour in colours]
    return min(distance(*pair) for pair in combinations(labs, 2))


def over(colour: str, paper: str, *, share: float) -> Triple:
    """Return the light of a colour laid thinly over another, mixed as browsers do."""
    mixed = (
        round(int(paper[at : at + 2], 16) * (1 - share) + int(colour[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    )
    return linear("#" + "".join(f"{part:02x}" for part in mixed))


def _times(matrix: tuple[Triple, Triple, Triple], by: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, by, strict=True)) for row in matrix)  # type: ignore[return-value]


def _seventh(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25**7))


def _grey(chroma: float) -> float:
    return 0.5 * (1 - _seventh(chroma))


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def _turn(one: float, other: float) -> float:
    return (other - one + 180) % 360 - 180 if abs(other - one) != 180 else other - one


def _middle(one: float, other: float) -> float:
    if abs(one - other) <= 180:
        return (one + other) / 2
    return (one + other + 360) / 2 if one + other < 360 else (one + other - 360) / 2
