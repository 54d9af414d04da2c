"""The parts of the benchmarks that need neither the book nor a browser."""

import pytest
import torch
from torch import nn

from benchmarks import training
from benchmarks.table import render


def test_table_aligns_numbers_right_and_names_left():
    rows = [{"page": "a", "kB": 1234.5}, {"page": "longer", "kB": 7.25}]
    assert render(rows).splitlines() == [
        "page       kB",
        "a       1,234",
        "longer   7.25",
    ]


def test_definitions_of_a_page_come_without_its_actions(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "---\n"
        "file_format: mystnb\n"
        "kernelspec: {name: python3, display_name: Python 3, language: python}\n"
        "---\n\n# Page\n\n"
        "```{code-cell} ipython3\nimport math\n\nraise RuntimeError\n```\n\n"
        "```{code-cell} ipython3\n"
        "factor = 2\nx = 3\n\ndef area(r):\n    return factor * math.pi * r**2\n```\n"
    )
    scope = training.definitions(page, {"factor"})
    assert scope["area"](1) == pytest.approx(6.2832, abs=1e-4)
    assert "x" not in scope


def test_both_ways_give_every_example_once_with_its_label():
    y = torch.arange(10)
    X = y.float().reshape(10, 1, 1, 1)
    device = torch.device("cpu")
    ways = [
        training.on_device(X, y, 4),
        training.from_loader(X, y, 4, device),
    ]
    for batches in ways:
        seen = [(x.flatten().tolist(), target.tolist()) for x, target in batches()]
        assert [len(target) for _, target in seen] == [4, 4, 2]
        assert all(x == target for x, target in seen)
        assert sorted(label for _, target in seen for label in target) == [*range(10)]


def test_epoch_trains_the_net():
    net = nn.Sequential(nn.Flatten(), nn.Linear(1, 3))
    before = net[1].weight.detach().clone()
    batches = training.on_device(torch.ones(8, 1), torch.ones(8, dtype=int), 4)
    assert training.epoch_seconds(net, batches, torch.device("cpu")) > 0
    assert not torch.equal(before, net[1].weight)
