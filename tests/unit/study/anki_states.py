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
from anki.scheduler.v3 import CardAnswer

LEARNING, REVIEWING = 0, 1  # kinds of entries in Anki's log
RATINGS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)


def main(given: dict[str, Any]) -> dict[str, Any]:
    """What Anki makes of `histories`, and of cards that are `answered` in it.

    Of a history, [unix ms, grade] each: stability and difficulty after each rating, in
    order of time. Of an answered card, [days since the last, grade] each: the log that
    Anki wrote, and stability and difficulty at its end.
    """
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        preset = collection.decks.config_dict_for_deck_id(1)
        preset["fsrsParams6"] = given["weights"]
        preset["desiredRetention"] = given["retention"]
        collection.decks.update_config(preset)
        collection.set_config("fsrs", True)
        answered = [answer(collection, turns) for turns in given["answered"]]
        card = add_card(collection)
        collection.db.execute("update cards set type=2, queue=2 where id=?", card)
        states = [replay(collection, card, ratings) for ratings in given["histories"]]
        collection.close()
    return {"histories": states, "answered": answered}


def add_card(collection: Collection) -> int:
    """A new card's id."""
    note = collection.new_note(collection.models.by_name("Basic"))
    note.fields = ["front", "back"]
    collection.add_note(note, 1)
    return note.card_ids()[0]


def state_of(collection: Collection, card: int) -> list[float]:
    """Stability and difficulty by Anki's log, which decides."""
    state = collection.compute_memory_state(card)
    return [state.stability, state.difficulty]


def answer(collection: Collection, turns: list[list[int]]) -> dict[str, Any]:
    """Answer a new card as a learner does; days pass by setting back the log."""
    collection.db.execute("delete from revlog")
    card = add_card(collection)
    for days, grade in turns:
        collection.db.execute("update revlog set id = id - ?", days * 86_400_000)
        states = collection._backend.get_scheduling_states(card)
        shown = collection.get_card(card)
        shown.start_timer()
        made = collection.sched.build_answer(
            card=shown, states=states, rating=RATINGS[grade - 1]
        )
        collection.sched.answer_card(made)
    log = collection.db.all("select id, ease from revlog order by id")
    return {"log": log, "state": state_of(collection, card)}


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
        states.append(state_of(collection, card))
    return states


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
