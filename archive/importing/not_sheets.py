"""Files that curators take for spreadsheets and that aren't: each is told with what to do about it."""

from pathlib import Path

from django.utils.translation import gettext_noop as noop

from .xlsx import SheetError

LOOKED_AT = 4096  # bytes of a file's start
OLE = b"\xd0\xcf\x11\xe0"  # what Excel to 2003 writes, and Excel since when there is a password
PASSWORD = noop(
    "Tệp này có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi lưu lại dạng .xlsx."
)
OLD = noop("Tệp này là .xls của Excel cũ. Hãy mở bằng Excel hay LibreOffice rồi lưu lại dạng .xlsx.")
WEB = noop("Tệp này là trang web (HTML hoặc XML) mang tên bảng tính. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
OTHER = noop("Tệp này là %(kind)s, không phải bảng tính. Hãy gửi tệp .xlsx hoặc .csv.")
KINDS = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "gzip",
}


def refuse(path: Path, start: bytes) -> None:
    """Raises SheetError for what is certainly no spreadsheet that can be read. start: the file's first bytes."""
    if start.startswith(OLE):
        raise SheetError(PASSWORD if _encrypted(path) else OLD)
    for mark, kind in KINDS.items():
        if start.startswith(mark):
            raise SheetError(OTHER, kind=kind)
    text = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<style")):
        raise SheetError(WEB)


def _encrypted(path: Path) -> bool:
    """Whether an OLE2 file names the stream that an encrypted workbook lies in."""
    name = "EncryptedPackage".encode("utf-16-le")
    with open(path, "rb") as file:
        kept = b""
        while chunk := file.read(1024 * 1024):
            if name in kept + chunk:
                return True
            kept = chunk[-len(name) :]
    return False
