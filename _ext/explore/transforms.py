"""Find the widgets among the outputs of a notebook's cells."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.explore.nodes import Control, Widget, explore_widget
from utils.explore.saved import JSON_BLOCK


class FindWidgets(SphinxTransform):
    """Put an `explore_widget` in place of the output that holds one.

    The figure that MyST-NB made around the output (caption, name, number) stays.
    """

    default_priority = 400

    def apply(self, **_kwargs: Any) -> None:
        """Replace each output bundle of this document that is a widget."""
        number = 0
        for bundle in list(self.document.findall(_is_bundle)):
            html = _html_of(bundle)
            if JSON_BLOCK not in html:
                continue
            number += 1
            node = explore_widget(
                widget=read_widget(html), docname=self.env.docname, number=number
            )
            node.source, node.line = bundle.source, bundle.line
            bundle.replace_self(node)


class WidgetsAsText(SphinxPostTransform):
    """For builders that make no HTML: the sentence of the first frame."""

    default_priority = 400

    def run(self, **_kwargs: Any) -> None:
        """Replace every widget by a paragraph."""
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(explore_widget)):
            _, sentence = node["widget"].first_frame
            node.replace_self(nodes.paragraph(sentence, sentence))


def read_widget(html: str) -> Widget:
    """Read a widget out of its saved form."""
    saved = json.loads(html.split(JSON_BLOCK, 1)[1].split("</script>", 1)[0])
    images = [base64.b64decode(image) for image in saved["images"]]
    names = [f"{hashlib.sha256(image).hexdigest()[:16]}.webp" for image in images]
    return Widget(
        width=saved["width"],
        height=saved["height"],
        start=tuple(saved["start"]),
        controls=tuple(
            Control(control["kind"], control["label"], tuple(control["labels"]))
            for control in saved["controls"]
        ),
        frames=tuple((names[image], sentence) for image, sentence in saved["frames"]),
        files=dict(zip(names, images, strict=True)),
    )


def _is_bundle(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"


def _html_of(bundle: nodes.container) -> str:
    return "".join(
        child.astext() for child in bundle if child.get("mime_type") == "text/html"
    )
