"""A chart and its frames, kept apart until it is drawn.

Altair would copy every frame into every layer, each time, through a setting that all threads share. Here layers name
their frame; the browser gets frames as they are (real months, no time zone shift), the SVG renderer gets rows.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd


@dataclass(frozen=True)
class Drawing:
    """chart: layers that name their data. frames: the data by name."""

    chart: alt.LayerChart | alt.FacetChart
    frames: dict[str, pd.DataFrame]

    def spec(self) -> dict[str, Any]:
        """Vega-Lite with the frames as datasets, for the page (st.vega_lite_chart(spec=..., theme=None)). Cache it."""
        return self._spec() | {"datasets": dict(self.frames)}

    def spec_with_rows(self) -> dict[str, Any]:
        """Vega-Lite complete in itself, for renderers outside the browser."""
        return self._spec() | {"datasets": {name: _rows(frame) for name, frame in self.frames.items()}}

    def spec_inline(self) -> dict[str, Any]:
        """Vega-Lite with each layer's rows inside it, for the page (st.vega_lite_chart(spec=..., theme=None)).

        Streamlit would turn each named frame into an Arrow table and the browser would turn it back: for the few rows
        of a history, plain rows cost less on both sides. A layer gets the columns that it names, and three decimals.
        """
        rows = {name: _rows(frame) for name, frame in self.frames.items()}

        def filled(node: Any) -> Any:
            if isinstance(node, list):
                return [filled(each) for each in node]
            if not isinstance(node, dict):
                return node
            known = node.get("data")
            inside = {key: filled(each) for key, each in node.items() if key != "data"}
            if isinstance(known, dict) and known.get("name") in rows:
                inside["data"] = {"values": _needed(rows[known["name"]], _fields(inside))}
            elif known is not None:
                inside["data"] = known
            return inside

        spec: dict[str, Any] = filled(self._spec())
        return spec

    def _spec(self) -> dict[str, Any]:
        spec: dict[str, Any] = self.chart.to_dict(validate=False)
        return spec


class Sheet:
    """Collects the frames of one drawing; a frame used by several layers is kept once."""

    def __init__(self) -> None:
        self.frames: dict[str, pd.DataFrame] = {}

    def on(self, frame: pd.DataFrame) -> alt.Chart:
        """An empty layer on a frame."""
        return alt.Chart(self.named(frame))

    def named(self, frame: pd.DataFrame) -> alt.NamedData:
        """A reference to a frame, for data shared by several layers."""
        for name, known in self.frames.items():
            if known is frame:
                return alt.NamedData(name=name)
        name = f"data{len(self.frames)}"
        self.frames[name] = frame
        return alt.NamedData(name=name)


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Months as local midnight, missing values as null."""
    out = frame.copy()
    for name in out.columns:
        if pd.api.types.is_datetime64_any_dtype(out[name]):
            out[name] = out[name].dt.strftime("%Y-%m-%dT%H:%M:%S")
    return out.astype(object).where(out.notna(), None).to_dict("records")


def _fields(node: Any) -> set[str]:
    """Every column that a layer names anywhere."""
    if isinstance(node, list):
        return set().union(*(_fields(each) for each in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {node["field"]} if isinstance(node.get("field"), str) else set()
    return own.union(*(_fields(each) for key, each in node.items() if key != "data"))


def _needed(rows: list[dict[Hashable, Any]], fields: set[str]) -> list[dict[Hashable, Any]]:
    return [
        {name: round(value, 3) if isinstance(value, float) else value for name, value in row.items() if name in fields}
        for row in rows
    ]
