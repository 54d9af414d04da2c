"""The object itself: its frames, and the three forms it shows itself in."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys

import matplotlib.pyplot as plt
import pytest

from utils.explore import Explorer, explore
from utils.explore.saved import JSON_BLOCK

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def draw(lr, shape):
    """Draw a bar."""
    _, ax = plt.subplots(figsize=(3, 2))
    ax.bar(["a", shape], [lr, 2])
    return f'With lr < 1 & "{shape}", the bar is {lr} high.'


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    """A widget of four frames that starts at the last but one."""
    return explore(draw, lr=[1, 2], shape=["x", "y"], start={"lr": 2})


def saved(explorer: Explorer) -> dict:
    """Return the content of the saved form's JSON block."""
    html = explorer._repr_mimebundle_()["text/html"]
    return json.loads(html.split(JSON_BLOCK)[1].split("</script>")[0])


def test_three_forms(explorer):
    """The bundle has the live form, the saved form and the sentence."""
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET_VIEW}
    assert bundle["text/plain"] == 'With lr < 1 & "x", the bar is 2 high.'
    assert bundle[WIDGET_VIEW]["model_id"] == explorer.widget.model_id


def test_colab_gets_only_the_live_form(explorer, monkeypatch):
    """Colab cannot prefer dead HTML to the widget when there is none."""
    monkeypatch.setitem(sys.modules, "google.colab", object())
    assert set(explorer._repr_mimebundle_()) == {"text/plain", WIDGET_VIEW}


def test_saved_form_holds_every_frame(explorer):
    """Each picture once, each sentence, the controls and the start."""
    content = saved(explorer)
    assert content["start"] == [1, 0]
    assert [c["labels"] for c in content["controls"]] == [["1", "2"], ["x", "y"]]
    pictures = [base64.b64decode(image) for image in content["images"]]
    frames = [(pictures[n], sentence) for n, sentence in content["frames"]]
    assert frames == [(f.image, f.sentence) for f in explorer.film.frames]
    assert all(p[:4] == b"RIFF" and p[8:12] == b"WEBP" for p in pictures)


def test_saved_form_shows_the_first_frame_and_escapes(explorer):
    """A viewer without script sees the start's picture and sentence, as text."""
    html = explorer._repr_mimebundle_()["text/html"]
    seen = re.sub(r"<script.*</script>", "", html)
    first = base64.b64encode(explorer.first_frame.image).decode()
    sentence = "With lr &lt; 1 &amp; &quot;x&quot;, the bar is 2 high."
    assert seen.count("<img") == 1
    assert f'src="data:image/webp;base64,{first}" alt="{sentence}"' in seen
    assert f"<p>{sentence}</p>" in seen
    assert "<" not in html.split(JSON_BLOCK)[1].split("</script>")[0]


def test_same_picture_is_kept_once():
    """Frames that look alike cost their bytes once."""

    def constant(step):
        plt.subplots(figsize=(2, 2))
        return f"Step {step} changes nothing."

    content = saved(explore(constant, step=[1, 2, 3]))
    assert len(content["images"]) == 1
    assert [n for n, _ in content["frames"]] == [0, 0, 0]


SCRIPT = """
import hashlib
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot as plt
from utils.explore import explore
def draw(lr, shape):
    _, ax = plt.subplots(figsize=(3, 2))
    ax.plot([lr, 2, 1], label=shape)
    ax.legend()
    return f"{shape} {lr}"
bundle = explore(draw, lr=[1, 2], shape=["x", "y"])._repr_mimebundle_()
print(hashlib.sha256((bundle["text/html"] + bundle["text/plain"]).encode()).hexdigest())
"""


def test_two_processes_agree():
    """The saved form is the same byte for byte whatever the hash seed."""
    digests = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1] != ""
