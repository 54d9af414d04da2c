"""The three note types of the Anki decks.

A learner's collection holds them from the first import on: names, ids, fields and
their order stay as they are for ever, or each import would add a second note type. The
spare fields are for what is still to come. Templates and style may change.
"""

from __future__ import annotations

from dataclasses import dataclass

import genanki

ASPECTS = 6
"""How many aspects a comparison may have: the schema's limit."""

_END = ["Why", "Source", "Link", *(f"Spare{i}" for i in range(1, 5))]
_NOTES = """\
{{#Why}}<div class="notes"><b>Why it matters:</b> {{Why}}</div>{{/Why}}
{{#Source}}<div class="notes"><b>Source:</b> {{Source}}</div>{{/Source}}
{{#Link}}<div class="notes"><b>Taught in</b> {{Link}}</div>{{/Link}}"""

_STYLE = """\
.card { font: 20px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 38em;
  padding: 0 1em; text-align: start; }
.question { font-weight: 600; }
.question code, .question pre, .question .aspect { font-weight: normal; }
.aspect { margin-top: .6em; }
p { margin: .4em 0; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { background: rgb(128 128 128 / 15%); overflow-x: auto; padding: .5em .75em; }
.notes { border-top: 1px solid rgb(128 128 128 / 40%); font-size: .8em;
  margin-top: .8em; padding-top: .4em; }
.cloze { border-bottom: 2px solid; color: inherit; font-weight: 600; }
"""


@dataclass(frozen=True)
class NoteType:
    """What genanki's model is made of."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    cloze: bool = False

    def content(self) -> list[object]:
        """Everything that a change of the note type would change."""
        return [self.name, self.fields, self.templates, self.cloze, _STYLE]


def _sides(front: str, back: str) -> tuple[str, str]:
    front = f'<div class="question">{front}</div>'
    return front, f'{front}\n<hr id="answer">\n<div>{back}</div>\n{_NOTES}'


def _aspect(i: int) -> tuple[str, str, str]:
    front, back = _sides(
        f'{{{{Front}}}}<div class="aspect">{{{{Aspect{i}}}}}</div>',
        f"{{{{Answer{i}}}}}",
    )
    return (
        f"Aspect {i}",
        f"{{{{#Aspect{i}}}}}{front}{{{{/Aspect{i}}}}}",
        back,
    )


BASIC = NoteType(
    1786300001,
    "Deep Learning, Line by Line: question",
    ("Id", "Front", "Back", *_END),
    (("Card", *_sides("{{Front}}", "{{Back}}")),),
)
CLOZE = NoteType(
    1786300002,
    "Deep Learning, Line by Line: cloze",
    ("Id", "Text", *_END),
    (
        (
            "Cloze",
            '<div class="question">{{cloze:Text}}</div>',
            f'<div class="question">{{{{cloze:Text}}}}</div>\n{_NOTES}',
        ),
    ),
    cloze=True,
)
COMPARE = NoteType(
    1786300003,
    "Deep Learning, Line by Line: comparison",
    (
        "Id",
        "Front",
        *(f"{name}{i}" for i in range(1, ASPECTS + 1) for name in ("Aspect", "Answer")),
        *_END,
    ),
    tuple(_aspect(i) for i in range(1, ASPECTS + 1)),
)
ALL = (BASIC, CLOZE, COMPARE)


class Model(genanki.Model):
    """A note type with the time of its own last change."""

    def __init__(self, made_from: NoteType, changed: int) -> None:
        """`changed` is in seconds."""
        super().__init__(
            made_from.id,
            made_from.name,
            fields=[{"name": name} for name in made_from.fields],
            templates=[
                {"name": name, "qfmt": front, "afmt": back}
                for name, front, back in made_from.templates
            ],
            css=_STYLE,
            model_type=self.CLOZE if made_from.cloze else self.FRONT_BACK,
            sort_field_index=1,
        )
        self.changed = changed

    def to_json(self, timestamp: float, deck_id: int) -> dict:
        """As genanki writes it, but with the time of its own last change."""
        return super().to_json(self.changed, deck_id)
