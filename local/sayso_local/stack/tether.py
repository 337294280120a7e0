"""Run a Python module in a process group that cannot outlive the process that started it.

`python -m sayso_local.stack.tether MODULE [ARGUMENT …]`: the parent keeps the other end of this
process's stdin. Once that closes, whatever ended the parent, the module is asked to stop, and
with it goes everything in its process group.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

_GRACE_SECONDS = 20.0


def main() -> None:
    """Become the module named on the command line."""
    module, *arguments = sys.argv[1:]
    threading.Thread(target=_stop_when_orphaned, daemon=True, name="tether").start()
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        _end_group()


def _stop_when_orphaned() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


def _end_group() -> None:
    """Take along what the module started and left behind, such as the emulator's Lambda workers."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    main()
