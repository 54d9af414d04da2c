"""Write a widget as HTML: native controls, the first frame and its sentence."""

from __future__ import annotations

import base64
import json
from html import escape

from docutils import nodes
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from _ext.explore.frames import folder_of
from _ext.explore.nodes import Control, Widget, explore_widget


def visit_html(translator: HTML5Translator, node: explore_widget) -> None:
    """Append the widget to the page."""
    builder = translator.builder
    if builder.name == "epub":
        translator.body.append(static_html(node["widget"]))
    else:
        page = builder.get_target_uri(builder.current_docname).split("#")[0]
        folder = relative_uri(page, folder_of(node["docname"]))
        translator.body.append(
            widget_html(node["widget"], folder, f"explore-{node['number']}")
        )
    raise nodes.SkipNode


def static_html(widget: Widget) -> str:
    """Return the first frame, embedded, and its sentence."""
    file, sentence = widget.first_frame
    image = base64.b64encode(widget.files[file]).decode()
    return (
        f"{_picture(widget, f'data:image/webp;base64,{image}', sentence)}"
        f"<p>{escape(sentence)}</p>\n"
    )


def widget_html(widget: Widget, folder: str, identifier: str) -> str:
    """Return the whole widget; `folder` is that of its frames, seen from the page."""
    file, sentence = widget.first_frame
    controls = "\n".join(
        _CONTROLS[control.kind](control, index, f"{identifier}-{place}")
        for place, (control, index) in enumerate(
            zip(widget.controls, widget.start, strict=True), start=1
        )
    )
    content = {
        "folder": folder,
        "labels": [control.labels for control in widget.controls],
        "frames": widget.frames,
    }
    block = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    block = block.replace("<", "\\u003c")
    return f"""<div class="explore" id="{identifier}">
<div class="explore-controls" role="group" aria-label="Controls of the picture">
{controls}
</div>
{_picture(widget, f"{folder}/{file}", sentence)}
<p class="explore-sentence" aria-live="polite">{escape(sentence)}</p>
<script type="application/json" class="explore-frames">{block}</script>
</div>
"""


def _picture(widget: Widget, source: str, sentence: str) -> str:
    # The theme dims pictures in dark mode unless they are "dark-light".
    return (
        f'<img class="explore-picture dark-light" src="{escape(source)}" '
        f'alt="{escape(sentence)}" width="{widget.width}" height="{widget.height}" />'
    )


def _slider(control: Control, index: int, identifier: str) -> str:
    value = escape(control.labels[index])
    return f"""<div class="explore-control" data-kind="slider">
<label for="{identifier}">{escape(control.label)}</label>
<input type="range" id="{identifier}" min="0" max="{len(control.labels) - 1}" \
step="1" value="{index}" aria-valuetext="{value}" autocomplete="off" />
<span class="explore-value" aria-hidden="true">{value}</span>
</div>"""


def _radio(control: Control, index: int, identifier: str) -> str:
    choices = "\n".join(
        f'<label><input type="radio" name="{identifier}" value="{place}"'
        f'{" checked" if place == index else ""} autocomplete="off" />'
        f"{escape(label)}</label>"
        for place, label in enumerate(control.labels)
    )
    return f"""<fieldset class="explore-control" data-kind="radio">
<legend>{escape(control.label)}</legend>
{choices}
</fieldset>"""


def _select(control: Control, index: int, identifier: str) -> str:
    options = "".join(
        f"<option{' selected' if place == index else ''}>{escape(label)}</option>"
        for place, label in enumerate(control.labels)
    )
    return f"""<div class="explore-control" data-kind="select">
<label for="{identifier}">{escape(control.label)}</label>
<select id="{identifier}" autocomplete="off">{options}</select>
</div>"""


def _checkbox(control: Control, index: int, identifier: str) -> str:
    checked = " checked" if control.labels[index] == "on" else ""
    return f"""<div class="explore-control" data-kind="checkbox">
<label for="{identifier}">{escape(control.label)}</label>
<input type="checkbox" id="{identifier}"{checked} autocomplete="off" />
</div>"""


_CONTROLS = {
    "slider": _slider,
    "radio": _radio,
    "select": _select,
    "checkbox": _checkbox,
}
