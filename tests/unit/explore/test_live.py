"""The live form, in a real kernel: a moved control changes picture and sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

CELL = """
import matplotlib.pyplot as plt
from utils.explore import explore

def draw(lr, shape, colour, bias):
    fig, ax = plt.subplots(figsize=(2, 2))
    ax.plot([0, lr], [0, len(shape)], color=colour, marker="o" if bias else None)
    return f"{lr} <{shape}> {colour} {bias}"

explore(draw, lr=[0.1, 0.5, 2.0], shape=["a", "bb"],
        colour=["red", "blue", "green", "black", "grey"], bias=[False, True],
        start={"lr": 0.5})
"""


class Kernel:
    """A kernel, what it printed, and the widgets that it opened."""

    def __init__(self, client: BlockingKernelClient) -> None:
        """Start with a client whose kernel is ready."""
        self.client = client
        self.outputs: list[dict[str, Any]] = []
        self.states: dict[str, dict[str, Any]] = {}

    def run(self, code: str) -> None:
        """Execute a cell."""
        self._read(self.client.execute(code))

    def set(self, comm_id: str, **state: Any) -> None:
        """Do what a front end does when a control is moved."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        message = self.client.session.msg(
            "comm_msg", {"comm_id": comm_id, "data": data}
        )
        self.client.shell_channel.send(message)
        self._read(message["header"]["msg_id"])

    def only(self, model: str) -> str:
        """Return the id of the one widget of this kind."""
        (found,) = [i for i, s in self.states.items() if s["_model_name"] == model]
        return found

    def _read(self, parent: str) -> None:
        """Read what comes of a request, until the kernel is idle again."""
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != parent:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return
            if kind in ("comm_open", "comm_msg"):
                self._note(content, message["buffers"])
            elif kind in ("execute_result", "display_data", "stream", "error"):
                self.outputs.append(message)

    def _note(self, content: dict[str, Any], buffers: list[Any]) -> None:
        state = self.states.setdefault(content["comm_id"], {})
        state.update(content["data"].get("state", {}))
        paths = content["data"].get("buffer_paths", [])
        for (name,), buffer in zip(paths, buffers, strict=True):
            state[name] = bytes(buffer)


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """A kernel in which the cell has run."""
    manager, client = start_new_kernel()
    kernel = Kernel(client)
    kernel.run(CELL)
    yield kernel
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def picture(kernel: Kernel) -> bytes:
    """Return the picture on show."""
    return kernel.states[kernel.only("ImageModel")]["value"]


def sentence(kernel: Kernel) -> str:
    """Return the sentence on show, as HTML."""
    return kernel.states[kernel.only("HTMLModel")]["value"]


def test_the_cell_shows_one_thing(kernel):
    """The widget, and no stray figure, stream or error."""
    (output,) = kernel.outputs
    assert output["msg_type"] == "execute_result"
    data = output["content"]["data"]
    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == kernel.only("VBoxModel")
    assert "text/html" in data
    assert data["text/plain"] == "0.5 <a> red False"


def test_the_first_picture(kernel):
    """The start's picture and its sentence, escaped, in a polite live line."""
    assert picture(kernel)[8:12] == b"WEBP"
    assert kernel.states[kernel.only("ImageModel")]["format"] == "webp"
    assert sentence(kernel) == (
        '<span aria-live="polite">0.5 &lt;a&gt; red False</span>'
    )


@pytest.mark.parametrize(
    ("model", "name", "start", "moved", "says"),
    [
        ("SelectionSliderModel", "index", 1, 2, "2.0 &lt;a&gt; red False"),
        ("RadioButtonsModel", "index", 0, 1, "0.5 &lt;bb&gt; red False"),
        ("DropdownModel", "index", 0, 4, "0.5 &lt;a&gt; grey False"),
        ("CheckboxModel", "value", False, True, "0.5 &lt;a&gt; red True"),
    ],
)
def test_every_control_redraws(kernel, model, name, start, moved, says):
    """Each kind of control changes picture and sentence, and back."""
    control = kernel.only(model)
    assert kernel.states[control][name] == start
    before = picture(kernel), sentence(kernel)
    kernel.set(control, **{name: moved})
    assert picture(kernel) != before[0]
    assert says in sentence(kernel)
    kernel.set(control, **{name: start})
    assert (picture(kernel), sentence(kernel)) == before
