"""Training speed of the convolution chapter's LeNet: two ways to feed it.

The chapter keeps the data on the device and cuts batches out of it. A plain
`DataLoader` collects each batch example by example on the CPU and moves it. Net,
loss, optimiser and batch size are the same; the two take turns in one process.
"""

from __future__ import annotations

import ast
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.table import Row
from tools.pages import read_notebook
from utils.data import mnist
from utils.device import by_device

TITLE = "Training LeNet on MNIST (images a second; medians and range of pairs)"
PAGE = Path("chapters/cnns/convolution.md")
N_PAIRS = 7
Batches = Callable[[], Iterator[tuple[torch.Tensor, torch.Tensor]]]


def definitions(page: Path, values: set[str]) -> dict[str, object]:
    """Return what a page imports and defines, and the `values` it assigns.

    Nothing else of the page runs.
    """
    scope: dict[str, object] = {}
    for cell in read_notebook(page).cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            tree.body = [node for node in tree.body if _is_wanted(node, values)]
            exec(compile(tree, str(page), "exec"), scope)
    return scope


def _is_wanted(node: ast.stmt, values: set[str]) -> bool:
    if isinstance(node, ast.Assign):
        return {ast.unparse(target) for target in node.targets} <= values
    return isinstance(
        node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    )


def measure() -> list[Row]:
    """Train for an epoch each way, in turns; return speeds and their ratio."""
    chapter = definitions(PAGE, {"device", "batch_size"})
    device, batch_size = chapter["device"], chapter["batch_size"]
    X, y = mnist("train")
    repeat = by_device(cpu=1, gpu=12, device=device)  # as many as the full set has
    X = torch.from_numpy(X).float().div(255).unsqueeze(1).repeat(repeat, 1, 1, 1)
    y = torch.from_numpy(y).repeat(repeat)
    ways = {
        "cut on the device": on_device(X.to(device), y.to(device), batch_size),
        "plain DataLoader": from_loader(X, y, batch_size, device),
    }
    net = chapter["LeNet"]().to(device)
    speeds: dict[str, list[float]] = {way: [] for way in ways}
    for pair in range(N_PAIRS + 1):
        for way, batches in ways.items():
            seconds = epoch_seconds(net, batches, device)
            if pair:  # the first pair warms up
                speeds[way].append(len(y) / seconds)
    fast, plain = speeds.values()
    ratios = [a / b for a, b in zip(fast, plain, strict=True)]
    rows = [row(way, values) for way, values in speeds.items()]
    return [*rows, row("ratio", ratios)]


def row(way: str, values: list[float]) -> Row:
    """Return one line of the table."""
    return {
        "batches": way,
        "median": statistics.median(values),
        "lowest": min(values),
        "highest": max(values),
    }


def on_device(X: torch.Tensor, y: torch.Tensor, batch_size: int) -> Batches:
    """Return shuffled batches of data that already lie on the device."""

    def batches() -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for rows in torch.randperm(len(y)).to(y.device).split(batch_size):
            yield X[rows], y[rows]

    return batches


def from_loader(
    X: torch.Tensor, y: torch.Tensor, batch_size: int, device: torch.device
) -> Batches:
    """Return shuffled batches of a `DataLoader`, moved to the device one by one."""
    loader = DataLoader(TensorDataset(X, y), batch_size, shuffle=True)

    def batches() -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for x, target in loader:
            yield x.to(device), target.to(device)

    return batches


def epoch_seconds(net: nn.Module, batches: Batches, device: torch.device) -> float:
    """Train one epoch with Adam; return its seconds, all work on the device done."""
    optimizer = torch.optim.Adam(net.parameters())
    wait = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    wait()
    start = time.perf_counter()
    for x, target in batches():
        optimizer.zero_grad()
        F.cross_entropy(net(x), target).backward()
        optimizer.step()
    wait()
    return time.perf_counter() - start
