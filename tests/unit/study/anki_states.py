"""What the real Anki makes of histories: `python anki_states.py < histories.json`.

A program of its own, as Anki counts days in the time zone that the process has (`TZ`).
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from anki.collection import Collection

LEARNING, REVIEWING = 0, 1  # kinds of entries in Anki's log


def main(given: dict[str, Any]) -> list[list[list[float]]]:
    """Stability and difficulty after each rating of each history, in order of time."""
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        preset = collection.decks.config_dict_for_deck_id(1)
        preset["fsrsParams6"] = given["weights"]
        preset["desiredRetention"] = given["retention"]
        collection.decks.update_config(preset)
        collection.set_config("fsrs", True)
        note = collection.new_note(collection.models.by_name("Basic"))
        note.fields = ["front", "back"]
        collection.add_note(note, 1)
        card = note.card_ids()[0]
        collection.db.execute("update cards set type=2, queue=2 where id=?", card)
        states = [replay(collection, card, ratings) for ratings in given["histories"]]
        collection.close()
    return states


def replay(
    collection: Collection, card: int, ratings: list[list[int]]
) -> list[list[float]]:
    """Write one rating after the other into Anki's log; ask it each time."""
    collection.db.execute("delete from revlog")
    states = []
    for t, grade in sorted(ratings):
        kind = REVIEWING if states else LEARNING
        collection.db.execute(
            "insert into revlog values (?, ?, -1, ?, 1, 1, 2500, 1000, ?)",
            *(t, card, grade, kind),
        )
        state = collection.compute_memory_state(card)
        states.append([state.stability, state.difficulty])
    return states


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
