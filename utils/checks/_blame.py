"""Decide whose exception it was, the learner's or the check's, and say it briefly."""

import linecache
import os
import re
import sysconfig
from pathlib import Path
from types import TracebackType
from typing import Any

# Not resolved: a function's file has the name by which its module was found.
_OURS = str(Path(__file__).parents[1]) + os.sep
_STDLIB = sysconfig.get_path("stdlib") + os.sep
_INSTALLED = re.compile(r"[/\\](site|dist)-packages[/\\]")
_WRONG_CALL = re.compile(r"^(?P<name>[\w.<>]+)\(\) (missing|takes|got) ")


def nothing_there(error: BaseException) -> bool:
    """Tell whether the check failed on a stub's result, None or `...`."""
    if any(_is_learners(tb) for tb in _frames(error)[2:]):
        return False
    if isinstance(error, AttributeError):
        return error.obj is None or error.obj is Ellipsis
    if isinstance(error, TypeError):
        return "NoneType" in str(error) or "ellipsis" in str(error)
    return False


def learner_did_it(error: BaseException, learner: Any) -> bool:
    """Tell whether an exception that left a check came from the learner's code.

    It did if the learner's code was running, if the check called it with arguments
    it does not take, or if the check asked it for something its type does not have.
    """
    if any(_is_learners(tb) for tb in _frames(error)[2:]):
        return True
    kind = learner if isinstance(learner, type) else type(learner)
    if isinstance(error, AttributeError):
        return error.obj is learner or isinstance(error.obj, kind)
    if isinstance(error, TypeError):
        call = _WRONG_CALL.match(str(error))
        if call and call["name"].startswith(kind.__qualname__):
            return True
        return re.search(rf"\b{kind.__name__}\b'? object", str(error)) is not None
    return False


def in_one_line(error: BaseException) -> str:
    """Return type and message of an exception, and where the learner's code was."""
    first_line = str(error).strip().partition("\n")[0][:300]
    name = type(error).__name__
    said = f"{name}: {first_line}" if first_line else name
    text = f"Your code stopped with {_code(said)}"
    own = [tb for tb in _frames(error)[2:] if _is_in_learners_file(tb)]
    if not own:
        return f"{text}."
    code, line = own[-1].tb_frame.f_code, own[-1].tb_lineno
    source = linecache.getline(code.co_filename, line).strip()
    where = f"{text} in `{code.co_name}`, line {line}"
    return f"{where}: {_code(source)}" if source else f"{where}."


def _code(text: str) -> str:
    return "`" + text.replace("`", "'") + "`"


def _frames(error: BaseException) -> list[TracebackType]:
    """Return the frames, outermost first: the decorator's, the check's, the rest."""
    tb, frames = error.__traceback__, []
    while tb is not None:
        frames.append(tb)
        tb = tb.tb_next
    return frames


def _is_learners(tb: TracebackType) -> bool:
    called = tb.tb_frame.f_code.co_name == "learners_function"
    return called or _is_in_learners_file(tb)


def _is_in_learners_file(tb: TracebackType) -> bool:
    file = tb.tb_frame.f_code.co_filename
    if file.startswith(("<frozen", "<__array_function__")):
        return False
    return not (file.startswith((_OURS, _STDLIB)) or _INSTALLED.search(file))
