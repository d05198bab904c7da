"""Draw the ornament behind our family cards: a rosette and a woven border, from a few sine waves.

It is ours, no emblem of a state or a region. Run once by hand when the design changes: python tools/draw_ornament.py
"""

from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "dekat" / "documents" / "templates" / "ornament.svg"
WIDTH, HEIGHT, EDGE, WAVE = 297.0, 210.0, 5.2, 1.35
Point = tuple[float, float]


def closed(curve: Callable[[float], Point], steps: int) -> str:
    points = [curve(2 * pi * step / steps) for step in range(steps)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def ring(radius: float, swing: float, waves: int, phase: float) -> Callable[[float], Point]:
    def curve(t: float) -> Point:
        reach = radius + swing * sin(waves * t + phase)
        return WIDTH / 2 + reach * cos(t), HEIGHT / 2 + 6 + reach * sin(t)

    return curve


def border(phase: float) -> str:
    """One wave that runs once around the sheet."""
    sides = [
        ((EDGE, EDGE), (1, 0), WIDTH - 2 * EDGE),
        ((WIDTH - EDGE, EDGE), (0, 1), HEIGHT - 2 * EDGE),
        ((WIDTH - EDGE, HEIGHT - EDGE), (-1, 0), WIDTH - 2 * EDGE),
        ((EDGE, HEIGHT - EDGE), (0, -1), HEIGHT - 2 * EDGE),
    ]
    points: list[str] = []
    for (x, y), (dx, dy), length in sides:
        periods, steps = round(length / 7.2), round(length / 7.2) * 6
        for step in range(steps):
            along = length * step / steps
            aside = WAVE * sin(2 * pi * periods * step / steps + phase)
            points.append(f"{x + dx * along - dy * aside:.1f} {y + dy * along + dx * aside:.1f}")
    return "M" + "L".join(points) + "z"


def main() -> None:
    outer = [closed(ring(62, 7.5, 20, 2 * pi * k / 7), 260) for k in range(7)]
    middle = [closed(ring(40, 11, 11, 2 * pi * k / 5), 198) for k in range(5)]
    inner = [closed(ring(16, 9, 7, 2 * pi * k / 5), 126) for k in range(5)]
    edges = [border(pi * k) for k in range(2)]
    draw = '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" opacity="{}"/>'
    TARGET.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        + draw.format("".join(outer + inner), "#0b4fb3", 0.16, 0.17)
        + draw.format("".join(middle), "#d3202b", 0.14, 0.13)
        + draw.format("".join(edges), "#0b4fb3", 0.2, 0.5)
        + "</svg>\n"
    )


if __name__ == "__main__":
    main()
