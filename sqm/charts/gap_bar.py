"""From expectation to perception on one scale, as high as a text line: a hollow and a full dot, and the way between.

Drawn once a row of a table; all rows share the scale, so that the eye can run down the column.
"""

from sqm.charts.theme import palette

WIDTH, HEIGHT = 220, 22
_PAD = 7.0


def gap_bar(
    expectation: float | None,
    perception: float | None,
    scale: tuple[float, float],
    limits: tuple[float, float] | None = None,
    *,
    dark: bool = False,
) -> str:
    """An SVG of numbers only. limits: of the perception. Below expectation the way is orange, above it green."""
    colours = palette(dark)
    low, high = scale

    def x(value: float) -> float:
        return _PAD + (min(max(value, low), high) - low) / (high - low) * (WIDTH - 2 * _PAD)

    middle = HEIGHT / 2
    parts = [f'<path d="M{_PAD} {middle}H{WIDTH - _PAD}" stroke="{colours.grid}"/>']
    parts += [
        f'<path d="M{x(low + step * (high - low) / 6):.1f} {middle - 3}v6" stroke="{colours.grid}"/>'
        for step in range(7)
    ]
    if expectation is not None and perception is not None:
        way = colours.concern if perception < expectation else colours.met
        parts.append(f'<path d="M{x(expectation):.1f} {middle}H{x(perception):.1f}" stroke="{way}" stroke-width="4"/>')
    if limits is not None:
        parts.append(
            f'<path d="M{x(limits[0]):.1f} {middle - 5}v10M{x(limits[1]):.1f} {middle - 5}v10" '
            f'stroke="{colours.own}" stroke-width="1.2"/>'
        )
    if expectation is not None:
        ring = f'fill="{colours.background}" stroke="{colours.text}" stroke-width="1.6"'
        parts.append(f'<circle cx="{x(expectation):.1f}" cy="{middle}" r="4.6" {ring}/>')
    if perception is not None:
        parts.append(f'<circle cx="{x(perception):.1f}" cy="{middle}" r="4.6" fill="{colours.own}"/>')
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
