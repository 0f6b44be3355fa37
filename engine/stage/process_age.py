"""How long this process has been running: the honest start of "time to the first picture"."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import time

_LONGEST_S = 86_400.0  # an age beyond a day is a wrong reading, not a slow start


def process_age_s() -> float:
    """Seconds since the operating system started this process.

    Where the system does not tell, the processor time spent so far stands in for it: a lower bound.
    """
    spent_s = time.process_time()
    try:
        age_s = _ask_system()
    except (OSError, ValueError, AttributeError, IndexError, struct.error):
        return spent_s
    return age_s if spent_s - 0.1 <= age_s <= _LONGEST_S else spent_s


def _ask_system() -> float:
    ways = {"linux": _linux, "win32": _windows, "darwin": _mac}
    way = ways.get(sys.platform)
    if way is None:
        raise OSError("no way known on this system")
    return way()


def _linux() -> float:
    with open("/proc/self/stat", encoding="ascii", errors="replace") as stream:
        after_name = stream.read().rpartition(")")[2].split()
    started_s = int(after_name[19]) / os.sysconf("SC_CLK_TCK")  # field 22, counted from boot
    clock: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock) - started_s


def _windows() -> float:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]  # Windows only
    times = [ctypes.c_ulonglong() for _ in range(4)]
    now = ctypes.c_ulonglong()
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not kernel.GetProcessTimes(process, *(ctypes.byref(t) for t in times)):
        raise OSError("GetProcessTimes failed")
    kernel.GetSystemTimeAsFileTime(ctypes.byref(now))
    return float(now.value - times[0].value) * 1e-7  # in steps of 100 ns


def _mac() -> float:
    # proc_bsdinfo, 136 bytes; the last two of its fields are the start in seconds and microseconds.
    size, flavour = 136, 3
    buffer = ctypes.create_string_buffer(size)
    library = ctypes.CDLL("/usr/lib/libproc.dylib")
    if library.proc_pidinfo(os.getpid(), flavour, ctypes.c_uint64(0), buffer, size) != size:
        raise OSError("proc_pidinfo failed")
    seconds, micros = struct.unpack_from("QQ", buffer.raw, 120)
    return time.time() - (float(seconds) + float(micros) * 1e-6)
