"""Read one `study/<part>/<slug>.yml` and say what is wrong with its form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

SCHEMA = Path(__file__).parents[2] / "study" / "schema.json"

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One fault: where it is, and what to do about it."""

    file: Path
    line: int
    item: str
    field: str
    message: str

    def __str__(self) -> str:
        """`file:line: item: field: message`."""
        return f"{self.file}:{self.line}: {self.item}: {self.field}: {self.message}"


@dataclass
class Study:
    """The content of one file, with the line that each value stands on."""

    file: Path
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Steps, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The chapter that the file belongs to."""
        return self.file.stem

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards, in the order of the file."""
        return self._list("cards")

    @property
    def quiz(self) -> list[dict[str, Any]]:
        """The questions, in the order of the file."""
        return self._list("quiz")

    @property
    def retired(self) -> list[str]:
        """Ids that may not be used again."""
        return self._list("retired")

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        return value if isinstance(value, list) else []

    def items(self) -> Iterator[tuple[Steps, dict[str, Any]]]:
        """Each card and question with the steps that lead to it."""
        for name, items in (("cards", self.cards), ("quiz", self.quiz)):
            for i, item in enumerate(items):
                if isinstance(item, dict):
                    yield (name, i), item

    def line(self, steps: Steps) -> int:
        """The line of a value, or of the nearest value around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)

    def problem(self, steps: Steps, message: str) -> Problem:
        """A fault of the value at these steps."""
        item, rest = "the file", steps
        if len(steps) > 1 and isinstance(steps[1], int):
            item, rest = f"{steps[0]}[{steps[1]}]", steps[2:]
            found = self._list(str(steps[0]))[steps[1]]
            if isinstance(found, dict) and isinstance(found.get("id"), str):
                item = found["id"]
        name = "".join(
            f"[{s + 1}]" if isinstance(s, int) else f".{s}" for s in rest
        ).lstrip(".")
        return Problem(self.file, self.line(steps), item, name or "item", message)


def read(file: Path, shown: Path | None = None) -> Study:
    """Read and check one file; faults are in `problems`, nothing is raised.

    `shown` is the path that messages name (relative to the project, say).
    """
    study = Study(shown or file)
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        study.problems.append(study.problem((), f"cannot be read: {error}"))
        return study
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        study.problems.append(_broken(study, source, error))
        return study
    if not isinstance(root, yaml.MappingNode):
        message = "must hold schema, cards, quiz and retired; see study/schema.json"
        study.problems.append(study.problem((), message))
        return study
    faults: list[tuple[Steps, str]] = []
    try:
        study.data = _build(root, (), source, study.lines, faults)
    except RecursionError:
        study.problems.append(study.problem((), "holds an alias (*) of itself"))
        return study
    study.problems += [study.problem(steps, message) for steps, message in faults]
    study.problems += _schema_problems(study)
    return study


# \theta, \beta, \nabla and the like, of which YAML takes the first two characters
_EATEN = re.compile(
    r"(?<!\\)(?:\\\\)*\\"
    r"(?:[abefrtv][A-Za-z]|n(?:abla|e|eq|eg|i|ot|otin|u|mid|onumber)(?![A-Za-z]))"
)


def _build(
    node: yaml.Node,
    steps: Steps,
    source: str,
    lines: dict[Steps, int],
    faults: list[tuple[Steps, str]],
) -> Any:
    """Turn YAML nodes into values; keep the line of each, and note lost text."""
    lines[steps] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in built:
                faults.append(((*steps, key), "stands twice: keep one of the two"))
            built[key] = _build(value_node, (*steps, key), source, lines, faults)
            lines[(*steps, key)] = key_node.start_mark.line + 1
        return built
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(child, (*steps, i), source, lines, faults)
            for i, child in enumerate(node.value)
        ]
    raw = source[node.start_mark.index : node.end_mark.index]
    if node.style == '"' and _EATEN.search(raw):
        message = (
            "a backslash in double quotes is eaten by YAML:"
            " use single quotes or a block (|)"
        )
        faults.append((steps, message))
    constructor = yaml.SafeLoader("")
    try:
        return constructor.construct_object(node)
    except ValueError as error:  # 2026-02-31
        faults.append((steps, f"is no value: {error}; put it in quotes"))
        return node.value
    finally:
        constructor.dispose()


def _broken(study: Study, source: str, error: yaml.YAMLError) -> Problem:
    """Name the item and the field in which the YAML breaks."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    above = source.splitlines()[:line]
    item = next(
        (
            found[1]
            for text in reversed(above)
            if (found := re.match(r"\s*-\s+id:\s*(\S+)", text))
        ),
        "the file",
    )
    name = next(
        (
            found[1]
            for text in reversed(above)
            if (found := re.match(r"\s*(?:-\s+)?\{?\s*([a-z]+):", text))
        ),
        "YAML",
    )
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    message = f"broken YAML: {what}; put text with ': ', '#', '{{' or '$' in '…'"
    return Problem(study.file, line, item, name, message)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8"))
    )


def _schema_problems(study: Study) -> Iterator[Problem]:
    errors = _validator().iter_errors(study.data)
    for error in sorted(errors, key=lambda e: [str(s) for s in e.absolute_path]):
        steps: Steps = tuple(error.absolute_path)
        for extra, message in _say(error, study):
            yield study.problem((*steps, *extra), message)


def _say(
    error: jsonschema.ValidationError, study: Study
) -> Iterator[tuple[Steps, str]]:
    """Say a schema error as an instruction: (further steps, message)."""
    value, rule = error.instance, error.validator_value
    match error.validator:
        case "required":
            for name in rule:
                if name not in value:
                    yield (name,), _missing(name)
        case "enum":
            yield (), f"unknown value {value!r}: use one of {', '.join(rule)}"
        case "const":
            yield (), f"is {value!r}: this course reads version {rule}"
        case "type":
            yield (), f"is {value!r}: must be {_TYPES[rule]}"
        case "pattern" if "\\S" in rule:
            yield (), "is empty: write it"
        case "pattern":
            yield (), f"{value!r}: use small letters, digits and single hyphens"
        case "minLength":
            yield (), f"{value!r} is too short to explain anything"
        case "maxLength":
            yield (), f"is longer than {rule} characters: shorten it"
        case "minItems":
            yield (), f"holds {len(value)}: at least {rule} are needed"
        case "maxItems":
            yield (), f"holds {len(value)}: at most {rule} are allowed"
        case "minProperties":
            yield (), "is empty: give a range for each argument"
        case "minimum":
            yield (), f"is {value}: must be at least {rule}"
        case "oneOf":
            names = [branch["required"][0] for branch in rule]
            yield (), f"give exactly one of {' and '.join(names)}"
        case "additionalProperties":
            for name in sorted(set(value) - set(error.schema["properties"])):
                yield (name,), "unknown field: remove it or correct its name"
        case "unevaluatedProperties":
            known = _fields(str(error.absolute_path[0]), value.get("kind"))
            for name in sorted(set(value) - known) if known else ():
                message = f"no field of kind {value['kind']}: remove or rename it"
                yield (name,), message
        case _:
            yield (), error.message


_TYPES = {
    "string": "text; put it in quotes",
    "number": "a number (write 0.001, not 1e-3)",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of names to values",
}


def _missing(name: str) -> str:
    if name == "because":
        return "the explanation is missing: say why this is right or wrong"
    if name == "alt":
        return "is missing: say the formula in words"
    return "is missing: add it"


def _fields(group: str, kind: Any) -> set[str] | None:
    """The fields that a kind may have; None for an unknown kind."""
    schema = _validator().schema["$defs"]
    name = "card" if group == "cards" else "question"
    own = schema.get(f"{name}-{kind}")
    if own is None:
        return None
    return {*schema["item"]["properties"], *schema[name]["properties"]} | set(
        own["properties"]
    )
