#!/usr/bin/env python3
"""Runs one program and writes down what it took; a small process of its own, because Linux counts the memory of the process that
started a program as the program's own until it has taken more.

    measure.py RESULT TIMEOUT_SECONDS UID COMMAND...     TIMEOUT 0: none; UID -1: as it is

RESULT gets JSON: code (a signal is negative), wall, cpu (seconds), peak (bytes; some 13 MB of this process are its floor).
"""
import json
import os
import signal
import sys
import time


def main():
    result, timeout, uid, command = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    start = time.perf_counter()
    if uid < 0:
        pid = os.posix_spawn(command[0], command, os.environ)
    else:
        pid = os.fork()
        if pid == 0:
            try:
                os.setgroups([])
                os.setgid(uid)
                os.setuid(uid)
                os.execv(command[0], command)
            finally:
                os._exit(126)
    if timeout:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, timeout)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    with open(result, "w", encoding="ascii") as f:
        json.dump({"code": os.waitstatus_to_exitcode(status), "wall": wall, "cpu": usage.ru_utime + usage.ru_stime,
                   "peak": usage.ru_maxrss * 1024}, f)


if __name__ == "__main__":
    main()
