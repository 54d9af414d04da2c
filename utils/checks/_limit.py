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
    done = threading.Event()
    lock = threading.Lock()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    _set_async_exc(caller, ctypes.py_object(TimeIsUp))
            wait = 1.0

    watcher = threading.Thread(target=watch, name="time limit", daemon=True)
    try:
        watcher.start()
        yield
    finally:
        while True:
            try:
                with lock:
                    done.set()
                    _set_async_exc(caller, None)  # drop a request still in flight
                break
            except TimeIsUp:
                pass  # it struck in here: go on, or the watcher would strike again
        watcher.join()


_set_async_exc = ctypes.pythonapi.PyThreadState_SetAsyncExc
