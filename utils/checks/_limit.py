"""A time limit that needs no signal, so that it also works off the main thread."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TimeIsUp(BaseException):
    """Raised inside the guarded block; no `except Exception` can swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeIsUp` in the calling thread once the block has run `seconds`.

    A second thread asks the interpreter to raise it between two bytecodes, again
    every second until the block is left. So Python loops are stopped, even behind a
    bare `except`; one long call into compiled code is stopped when it returns.
    """
    caller = ctypes.c_ulong(threading.get_ident())
    armed, left, lock = threading.Lock(), threading.Lock(), threading.Lock()
    over = False

    # The request may strike at any bytecode of the caller, so the caller uses bare
    # locks only: those of `threading.Event` are Python code, and break if struck.
    def watch() -> None:
        armed.acquire()
        wait = seconds
        while not left.acquire(timeout=wait):
            with lock:
                if not over:
                    _set_async_exc(caller, ctypes.py_object(TimeIsUp))
            wait = 1.0

    armed.acquire()
    left.acquire()
    watcher = threading.Thread(target=watch, name="time limit", daemon=True)
    watcher.start()
    try:
        armed.release()  # from here on it may strike
        yield
    finally:
        while not over:
            try:
                with lock:
                    _set_async_exc(caller, None)  # drop a request still in flight
                    over = True
            except TimeIsUp:
                pass  # it struck in here: go on, or the watcher would strike again
        left.release()
        watcher.join()


_set_async_exc = ctypes.pythonapi.PyThreadState_SetAsyncExc
