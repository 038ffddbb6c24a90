"""An upload over the raw websocket, as a browser does it: by a role that may, and forged by whoever saw how it goes."""

from dataclasses import dataclass

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.reliability import hostile_file
from tests.reliability.wire import Seen, Wire, uploaded

NAME = "stores.csv"
PAGE = "upload?lang=en"


@dataclass(frozen=True)
class Rehearsed:
    """What a tab has after its rehearsal: ids that follow from the page alone, and where its file went."""

    page_hash: str
    chooser: str
    rehearse: str
    commit: str
    address: str

    @property
    def press(self) -> dict[str, WidgetState]:
        """The last step."""
        return {self.commit: WidgetState(id=self.commit, trigger_value=True)}


def rehearse(wire: Wire) -> Rehearsed:
    """Choose a file, send it, rehearse it; the commit is the next press."""
    seen, data = wire.open(PAGE), hostile_file.stores()
    chooser = next(each.widget_id for each in seen.widgets.values() if each.kind == "file_uploader")
    place = wire.place_for(NAME)
    assert wire.put(place.upload_url, NAME, data) == 204
    checked = wire.run({chooser: uploaded(chooser, place, NAME, len(data))})
    button = checked.ending("upload_rehearse").widget_id
    told = wire.send({button: True})
    assert "Nothing is stored yet" in told.text
    return Rehearsed(
        seen.page_hash, chooser, button, told.ending("upload_commit").widget_id, place.upload_url
    )  # fmt: skip


def forge(wire: Wire, own: Rehearsed) -> tuple[list[int], list[Seen]]:
    """All of it by a tab that may not: answers to the file sent to its own place and to that of the one who may; what
    came of every press, on the page by its name and by its hash."""
    data = hostile_file.stores()
    wire.open(PAGE)
    place = wire.place_for(NAME)
    answers = [wire.put(address, NAME, data) for address in (place.upload_url, own.address)]
    chosen = uploaded(own.chooser, place, NAME, len(data))
    pressed = {each: WidgetState(id=each, trigger_value=True) for each in (own.rehearse, own.commit)}
    seen = []
    for page_hash in ("", own.page_hash):
        wire.open(PAGE, page_hash)
        seen.append(wire.run({own.chooser: chosen}))
        seen.append(wire.run({own.chooser: chosen, **pressed}))
        seen.append(wire.run(own.press))
    return answers, seen
