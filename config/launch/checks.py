"""What can stand in the way, told first, each in one sentence in both languages."""

import errno
import fcntl
import os
import shutil
import socket
from pathlib import Path

from .environment import ROOT, Failed

COLD, WARM = 2_000_000_000, 200_000_000  # bytes that must be free


def port(text: str) -> int:
    """The port number that the text names. Raises Failed unless it is 1 to 65535 and free."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Failed(f"PORT={text} không phải số cổng (1–65535). / PORT={text} is no port number (1–65535).")
    number = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError as error:
            other = 8123 if number != 8123 else 8124
            if error.errno == errno.EACCES:
                raise Failed(
                    f"Cổng {number} dành cho quản trị máy; hãy dùng make demo PORT={other}. "
                    f"/ Port {number} needs the machine's administrator; use make demo PORT={other}."
                ) from error
            raise Failed(
                f"Cổng {number} đang bận; hãy dùng make demo PORT={other}. "
                f"/ Port {number} is busy; use make demo PORT={other}."
            ) from error
    return number


def disk(var: Path, needed: int) -> None:
    """Raises Failed unless ROOT and the folder of the data can be written and have `needed` bytes free."""
    for folder in (ROOT, var):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Failed(f"Không tạo được thư mục {folder}. / Can't make the folder {folder}.") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Failed(f"Không có quyền ghi vào {folder}. / No permission to write in {folder}.")
        free = shutil.disk_usage(folder).free
        if free < needed:
            have, want = f"{free / 1e9:.1f}", f"{needed / 1e9:.1f}"
            raise Failed(
                f"Ổ đĩa còn {have.replace('.', ',')} GB, cần {want.replace('.', ',')} GB ({folder}). "
                f"/ {have} GB of disk are free, {want} GB are needed ({folder})."
            )


def alone(var: Path):
    """An open file that holds the lock on the data folder. Raises Failed when another launcher has it.

    The embedded index has one writer, so one folder serves one launcher.
    """
    var.mkdir(parents=True, exist_ok=True)
    lock = open(var / "demo.lock", "a")  # held until the process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Failed(
            f"Cát Vàng đang chạy với thư mục {var} rồi. / Cát Vàng already runs on the folder {var}."
        ) from error
    return lock
