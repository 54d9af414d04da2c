"""Compare what a learner's code gave with what was expected, in useful words.

Each function raises `Mistake` whose text names the thing (`what`), what came and what
was expected; None or `...` raises `NotYet`. torch is only imported for tensors.
"""

import copy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from utils.checks._verdict import Mistake, NotYet, unsolved

_KINDS = {"b": "bool", "i": "integer", "u": "integer", "f": "float", "c": "complex"}


def close(
    got: Any, want: Any, *, rtol: float | None = None, atol: float | None = None
) -> bool:
    """Tell whether two things agree in shape and value; never raises.

    For recognising a typical mistake: `if close(got, want.T): raise Mistake(...)`.
    """
    try:
        allclose(got, want, "it", rtol=rtol, atol=atol)
    except (Mistake, NotYet):
        return False
    return True


def allclose(
    got: Any,
    want: Any,
    what: str,
    *,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Demand the same kind of thing, shape and values, within a tolerance.

    `want` is a number, an array, a tensor, or a list, tuple or dict of those.
    Tolerances follow the lower precision of the two: for float64 rtol 1e-6 and
    atol 1e-8, for float32 1e-4 and 1e-5, for shorter floats 1e-2 and 1e-2.
    """
    if unsolved(got):
        raise NotYet
    if isinstance(want, dict):
        _same_keys(got, want, what)
        for key, value in want.items():
            allclose(got[key], value, f"{what}[{key!r}]", rtol=rtol, atol=atol)
        return
    if isinstance(want, list | tuple):
        for i, part in enumerate(parts(got, len(want), what)):
            allclose(part, want[i], f"{what}[{i}]", rtol=rtol, atol=atol)
        return
    a, b = _as_array(got, want, what), _plain(want)
    if a.shape != b.shape:
        raise Mistake(f"{what} has shape {a.shape}, expected {b.shape}.")
    _same_kind(a, b, what)
    _same_values(a, b, what, *_tolerance(got, want, rtol, atol))


def equal(got: Any, want: Any, what: str) -> None:
    """Demand exactly `want`: for words, integers, bools, shapes, and lists of them."""
    if unsolved(got):
        raise NotYet
    if isinstance(got, np.generic):
        got = got.item()
    if isinstance(want, list | tuple) and isinstance(got, list | tuple):
        for i, part in enumerate(parts(got, len(want), what)):
            equal(part, want[i], f"{what}[{i}]")
        return
    if isinstance(got, bool) != isinstance(want, bool) or not _plainly_equal(got, want):
        raise Mistake(f"{what} is {_short(got)}, expected {_short(want)}.")


def shape(got: Any, want: tuple[int, ...], what: str) -> None:
    """Demand an array or tensor of shape `want`."""
    if unsolved(got):
        raise NotYet
    if not hasattr(got, "shape"):
        raise Mistake(f"{what} is {_type(got)}, expected an array of shape {want}.")
    if tuple(got.shape) != tuple(want):
        raise Mistake(f"{what} has shape {tuple(got.shape)}, expected {tuple(want)}.")


def parts(got: Any, n: int, what: str) -> list[Any]:
    """Return the `n` parts of a tuple or list, to unpack without an accident."""
    if unsolved(got):
        raise NotYet
    if not isinstance(got, list | tuple):
        raise Mistake(
            f"{what} is {_type(got)}, expected {n} values in a tuple or list."
        )
    if len(got) != n:
        raise Mistake(f"{what} has {len(got)} values, expected {n}.")
    return list(got)


def is_a(got: Any, kind: type | tuple[type, ...], what: str) -> None:
    """Demand an instance of `kind` (a class or a tuple of classes)."""
    if unsolved(got):
        raise NotYet
    if not isinstance(got, kind):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        names = " or ".join(f"`{k.__name__}`" for k in kinds)
        raise Mistake(f"{what} is {_type(got)}, expected {names}.")


def function(got: Any, what: str) -> None:
    """Demand something that can be called."""
    if unsolved(got):
        raise NotYet
    if not callable(got):
        raise Mistake(
            f"{what} is {_type(got)}, expected a function: hand over its name, "
            "without brackets."
        )


@contextmanager
def untouched(**inputs: Any) -> Iterator[None]:
    """Demand that the block leaves these named inputs as they were."""
    before = {name: _snapshot(value) for name, value in inputs.items()}
    yield
    for name, value in inputs.items():
        try:
            allclose(value, before[name], name, rtol=0, atol=0)
        except (Mistake, NotYet):
            raise Mistake(
                f"Your code changes its input `{name}`. Work on a copy, or write "
                f"`{name} = {name} + …` in place of `{name} += …`."
            ) from None


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")  # there is no tensor before somebody imported it
    return torch is not None and isinstance(value, torch.Tensor)


def _plain(value: Any) -> np.ndarray:
    """Return a number, array or tensor (any device, any float) as a NumPy array."""
    if not _is_tensor(value):
        return np.asarray(value)
    value = value.detach().cpu()
    if value.is_floating_point() and value.dtype.itemsize < 4:
        value = value.float()  # NumPy has no bfloat16
    return value.numpy()


def _as_array(got: Any, want: Any, what: str) -> np.ndarray:
    if _is_tensor(want):
        fits, expected = _is_tensor(got), "a PyTorch tensor"
    elif isinstance(want, np.ndarray) and want.ndim:
        fits, expected = isinstance(got, np.ndarray), "a NumPy array"
    else:
        one = isinstance(got, np.ndarray | np.generic) or _is_tensor(got)
        number = isinstance(got, int | float | complex)
        same = isinstance(got, bool | np.bool_) == isinstance(want, bool | np.bool_)
        fits, expected = one or (number and same), "a number"
    if not fits:
        raise Mistake(f"{what} is {_type(got)}, expected {expected}.")
    return _plain(got)


def _same_kind(a: np.ndarray, b: np.ndarray, what: str) -> None:
    got, want = _KINDS.get(a.dtype.kind), _KINDS.get(b.dtype.kind)
    if got is None:
        raise Mistake(f"{what} holds {a.dtype} values, expected {b.dtype}.")
    if a.ndim and got != want:
        raise Mistake(f"{what} has dtype {a.dtype}, expected {b.dtype}.")


def _same_values(
    a: np.ndarray, b: np.ndarray, what: str, rtol: float, atol: float
) -> None:
    for test, name in ((np.isnan, "NaN (not a number)"), (np.isinf, "infinity")):
        bad = test(a) & ~test(b)
        if bad.any():
            raise Mistake(
                f"{what} has {name}{_at(_first(bad))}, expected "
                f"{_number(b[_first(bad)])}. Look for 0/0, a logarithm of 0, or an "
                "overflow."
            )
    wrong = ~np.isclose(a, b, rtol=rtol, atol=atol, equal_nan=True)
    if wrong.any():
        i = _first(wrong)
        count = f" ({wrong.sum()} of {a.size} values differ)" if a.ndim else ""
        raise Mistake(
            f"{what} is {_number(a[i])}{_at(i)}, expected {_number(b[i])}{count}."
        )


def _tolerance(
    got: Any, want: Any, rtol: float | None, atol: float | None
) -> tuple[float, float]:
    sizes = [v.dtype.itemsize for v in (got, want) if _is_float(v)]
    size = min(sizes, default=8)
    default = {8: (1e-6, 1e-8), 4: (1e-4, 1e-5)}.get(min(size, 8), (1e-2, 1e-2))
    return (
        default[0] if rtol is None else rtol,
        default[1] if atol is None else atol,
    )


def _is_float(value: Any) -> bool:
    if _is_tensor(value):
        return value.is_floating_point()
    return isinstance(value, np.ndarray | np.generic) and value.dtype.kind == "f"


def _same_keys(got: Any, want: dict, what: str) -> None:
    if not isinstance(got, dict):
        raise Mistake(f"{what} is {_type(got)}, expected a dict.")
    missing = [key for key in want if key not in got]
    if missing:
        raise Mistake(f"{what} has no {missing[0]!r}; it has {list(got)}.")
    extra = [key for key in got if key not in want]
    if extra:
        raise Mistake(f"{what} has {extra[0]!r}, which does not belong to it.")


def _plainly_equal(got: Any, want: Any) -> bool:
    same = got == want
    return same if isinstance(same, bool) else False


def _snapshot(value: Any) -> Any:
    return value.detach().clone() if _is_tensor(value) else copy.deepcopy(value)


def _first(where: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(where.argmax(), where.shape))


def _at(index: tuple[int, ...]) -> str:
    if not index:
        return ""
    return f" at index {index[0] if len(index) == 1 else index}"


def _number(value: Any) -> str:
    return f"{value:.6g}" if np.asarray(value).dtype.kind == "f" else str(value)


def _type(value: Any) -> str:
    return f"of type `{type(value).__name__}`"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
