"""Which hardware a notebook runs on: CUDA, MPS or CPU.

A GPU changes the scale of a chapter, never its code:
`device = pick_device()` once, and `by_device(cpu=…, gpu=…)` for the sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import torch

T = TypeVar("T")

KINDS = ("cuda", "mps", "cpu")


def pick_device(prefer: str | None = None) -> torch.device:
    """Return the best device that is here: CUDA before MPS before CPU.

    `prefer` ("cuda", "mps" or "cpu") asks for one kind.
    Raises `ValueError` for an unknown name and `RuntimeError` for a kind that
    this machine lacks.
    """
    import torch

    here = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if prefer is None:
        return torch.device(next(kind for kind in KINDS if here[kind]))
    if prefer not in KINDS:
        raise ValueError(f"unknown device {prefer!r}: choose one of {', '.join(KINDS)}")
    if not here[prefer]:
        found = ", ".join(kind for kind in KINDS if here[kind])
        raise RuntimeError(
            f"PyTorch finds no {prefer!r} device here, only: {found}; "
            "call pick_device() to take the best of these"
        )
    return torch.device(prefer)


def by_device(*, cpu: T, gpu: T, device: torch.device | None = None) -> T:
    """Return `gpu` on CUDA and MPS, `cpu` otherwise.

    `device` is the chapter's device; without it, the one of `pick_device()`.
    """
    device = pick_device() if device is None else device
    return cpu if device.type == "cpu" else gpu


def describe(device: torch.device | None = None) -> str:
    """Return one line on the hardware, such as "CPU, 2 threads".

    A CUDA device gives its name, its memory in whole GiB (rounded down), and
    "bfloat16" where the chip itself computes in it (not by emulation).
    """
    import torch

    device = pick_device() if device is None else device
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
        memory = torch.cuda.get_device_properties(device).total_memory // 2**30
        bfloat16 = torch.cuda.is_bf16_supported(including_emulation=False)
        return f"{name}, {memory} GiB" + (", bfloat16" if bfloat16 else "")
    if device.type == "mps":
        return "Apple GPU (MPS)"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'' if threads == 1 else 's'}"
