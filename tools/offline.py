"""Run a module without a network: `python -m tools.offline tools.execute`.

Linux gives the module a network of its own, in which there is nothing but itself.
Where that is not allowed, the module runs with the network and this is said; on a
machine for continuous integration (`CI=true`) it is an error.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
"""Numbers of the Linux kernel: linux/sched.h, linux/sockios.h, linux/if.h."""


def leave_network() -> None:
    """Move this process into a network of its own, with a loopback device.

    A process without the right to do so becomes its own user's administrator first.

    Raises:
        OSError: the system does not allow it.
    """
    user, group = os.getuid(), os.getgid()
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(CLONE_NEWNET):
        if unshare(CLONE_NEWUSER | CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        device = struct.pack("16sh14x", b"lo", IFF_UP)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, device)


def run(command: list[str]) -> int:
    """Run a command without a network where that can be had; return its status."""
    if sys.platform == "linux":
        try:
            child = subprocess.Popen(command, preexec_fn=leave_network)
        except subprocess.SubprocessError:
            pass
        else:
            print("the network is off", flush=True)
            return child.wait()
    if os.environ.get("CI") == "true":
        print(
            "the network cannot be switched off here, so nothing was run: allow this "
            "user namespaces (Ubuntu: sudo sysctl -w "
            "kernel.apparmor_restrict_unprivileged_userns=0)",
            file=sys.stderr,
        )
        return 1
    print("the network stays on: this system does not let it be off", flush=True)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(run([sys.executable, "-m", *sys.argv[1:]]))
