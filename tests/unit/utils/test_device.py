"""The choice of a device, on pretended hardware."""

from types import SimpleNamespace

import pytest
import torch

from utils.device import by_device, describe, pick_device


@pytest.fixture
def hardware(monkeypatch):
    """Return a function that pretends which devices are here."""

    def pretend(*, cuda=False, mps=False, bfloat16=True):
        memory = SimpleNamespace(total_memory=139 * 2**30 + 900 * 2**20)
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
        monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "NVIDIA H200")
        monkeypatch.setattr(torch.cuda, "get_device_properties", lambda device: memory)
        monkeypatch.setattr(
            torch.cuda, "is_bf16_supported", lambda including_emulation: bfloat16
        )
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return pretend


@pytest.mark.parametrize(
    ("here", "kind"),
    [
        ({"cuda": True, "mps": True}, "cuda"),
        ({"cuda": True}, "cuda"),
        ({"mps": True}, "mps"),
        ({}, "cpu"),
    ],
)
def test_best_device_is_picked(hardware, here, kind):
    hardware(**here)
    assert pick_device() == torch.device(kind)


def test_preferred_device_is_taken_though_a_better_one_is_here(hardware):
    hardware(cuda=True)
    assert pick_device("cpu") == torch.device("cpu")
    assert pick_device("cuda") == torch.device("cuda")


@pytest.mark.parametrize("kind", ["cuda", "mps"])
def test_missing_device_says_in_one_line_what_is_here(hardware, kind):
    hardware()
    with pytest.raises(RuntimeError, match=f"no '{kind}' device.*only: cpu") as error:
        pick_device(kind)
    assert "\n" not in str(error.value)


def test_unknown_device_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown device 'gpu'.*cuda, mps, cpu"):
        pick_device("gpu")


@pytest.mark.parametrize(
    ("here", "value"), [({"cuda": True}, "big"), ({"mps": True}, "big"), ({}, "small")]
)
def test_value_follows_the_hardware(hardware, here, value):
    hardware(**here)
    assert by_device(cpu="small", gpu="big") == value


def test_value_follows_the_given_device_before_the_hardware(hardware):
    hardware(cuda=True)
    assert by_device(cpu=1, gpu=2, device=torch.device("cpu")) == 1
    hardware()
    assert by_device(cpu=1, gpu=2, device=torch.device("mps")) == 2


@pytest.mark.parametrize(
    ("here", "line"),
    [
        ({"cuda": True}, "NVIDIA H200, 139 GiB, bfloat16"),
        ({"cuda": True, "bfloat16": False}, "NVIDIA H200, 139 GiB"),
        ({"mps": True}, "Apple GPU (MPS)"),
    ],
)
def test_gpu_is_described_in_one_line(hardware, here, line):
    hardware(**here)
    assert describe() == line


@pytest.mark.parametrize(
    ("threads", "line"), [(1, "CPU, 1 thread"), (2, "CPU, 2 threads")]
)
def test_cpu_is_described_by_its_threads(monkeypatch, threads, line):
    monkeypatch.setattr(torch, "get_num_threads", lambda: threads)
    assert describe(torch.device("cpu")) == line
