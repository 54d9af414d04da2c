"""What a check answers, and the decorator that turns any outcome into that answer."""

import dis
import functools
import html
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from utils.checks import _blame
from utils.checks._limit import TimeIsUp, time_limit

SECONDS = 10
Status = Literal["not yet", "right", "wrong"]

_LOOK: dict[str, tuple[str, str, str]] = {
    "right": ("✓", "Right.", "4px solid #009e73"),
    "wrong": ("✗", "Not right.", "4px double #d55e00"),
    "not yet": ("…", "Not yet.", "4px dashed #0072b2"),
}


class Mistake(Exception):
    """Rejects an answer; the message names the mistake and what to look at."""


class NotYet(Exception):
    """The learner has not written this part yet."""


@dataclass(frozen=True)
class Verdict:
    """The answer of a check: a status, and a message in Markdown's `code` style.

    Shown as text in a terminal and as a framed line in a notebook. Sign, word and
    frame all tell the status, so nothing hangs on colour. True only when right.
    """

    status: Status
    message: str

    def __bool__(self) -> bool:
        """Tell whether the answer is right."""
        return self.status == "right"

    def __repr__(self) -> str:
        """Return sign, word and message as plain text."""
        sign, word, _ = _LOOK[self.status]
        return f"{sign} {word} {self.message}".rstrip()

    def _repr_html_(self) -> str:
        sign, word, border = _LOOK[self.status]
        text = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(self.message))
        text = text.replace("\n", "<br>")
        return (
            f'<div style="border-left: {border}; padding: 0.2em 0.8em">'
            f'<span aria-hidden="true">{sign}</span> '
            f"<strong>{word}</strong> {text}</div>"
        )


def unsolved(value: Any) -> bool:
    """Tell whether a value is a stub: None, `...`, or a container of nothing else.

    A list, tuple or dict with one `...` among answers is a stub too; one with None
    among answers is not, because None can be an answer.
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        some = any(item is Ellipsis for item in value)
        return some or (len(value) > 0 and all(unsolved(item) for item in value))
    return value is None or value is Ellipsis


def checked(
    *, hint: str, in_place: bool = False
) -> Callable[[Callable[[Any], str | None]], Callable[[Any], Verdict]]:
    """Turn `check(learner) -> str | None` into a function that returns a `Verdict`.

    The check rejects by raising `Mistake` and passes by returning, optionally a
    message. Stubs (None, `...`, a function that returns one of them or raises
    NotImplementedError) give "not yet" with `hint`. An exception of the learner's
    code, or ten seconds without an end, gives "wrong" in one line. An exception of
    the check itself is a bug of ours and is raised.

    `in_place=True` is for an exercise whose function changes its arguments and
    returns nothing: then None is an answer, and only an empty function is a stub.
    """

    def decorate(check: Callable[[Any], str | None]) -> Callable[[Any], Verdict]:
        @functools.wraps(check)
        def run(learner: Any) -> Verdict:
            if unsolved(learner) or (in_place and _does_nothing(learner)):
                return Verdict("not yet", hint)
            try:
                with time_limit(SECONDS):
                    message = check(_watch(learner, in_place))
            except (NotYet, NotImplementedError):
                return Verdict("not yet", hint)
            except Mistake as mistake:
                return Verdict("wrong", str(mistake))
            except TimeIsUp:
                return Verdict("wrong", _SLOW)
            except (Exception, SystemExit) as error:
                if _blame.nothing_there(error):
                    return Verdict("not yet", hint)
                if not _blame.learner_did_it(error, learner):
                    raise
                return Verdict("wrong", _blame.in_one_line(error))
            return Verdict("right", message or "")

        run.hint = hint
        return run

    return decorate


_SLOW = (
    f"Your code was still running after {SECONDS} seconds. "
    "Look for a loop whose condition never becomes false, or work done twice."
)
_EMPTY = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType)


def _does_nothing(learner: Any) -> bool:
    """Tell whether a function's body is empty: `...`, `pass`, or a docstring."""
    code = getattr(learner, "__code__", None)
    return code is not None and _EMPTY >= {i.opname for i in dis.get_instructions(code)}


def _watch(learner: Any, in_place: bool) -> Any:
    """Wrap functions, also inside containers, so that a stub's result is noticed."""
    if isinstance(learner, dict):
        return {k: _watch(v, in_place) for k, v in learner.items()}
    if type(learner) in (list, tuple):
        return type(learner)(_watch(v, in_place) for v in learner)
    if not isinstance(learner, _FUNCTIONS):
        return learner

    @functools.wraps(learner)
    def learners_function(*args: Any, **kwargs: Any) -> Any:
        result = learner(*args, **kwargs)
        if unsolved(result) and not in_place:
            raise NotYet
        return result

    return learners_function
