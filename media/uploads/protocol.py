"""The headers of tus 1.0.0, read and written. Pure: no ORM, no settings."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime

from django.utils.translation import gettext_noop as noop

from media.sentences import Sentence

VERSION = "1.0.0"
EXTENSIONS = ("creation", "creation-with-upload", "expiration", "checksum", "termination")
# The protocol wants SHA-1 of every server; browsers compute SHA-256.
ALGORITHMS = ("sha1", "sha256", "md5")
BODY = "application/offset+octet-stream"
MISMATCH = 460

NEEDS_NUMBER = noop("Phần đầu %(header)s của yêu cầu phải là một số nguyên không âm.")
BAD_METADATA = noop("Phần đầu Upload-Metadata của yêu cầu sai cú pháp.")
BAD_CHECKSUM = noop("Phần đầu Upload-Checksum của yêu cầu sai cú pháp; nhận được các thuật toán %(known)s.")
BAD_SHA256 = noop("Mã SHA-256 gửi kèm phải gồm 64 chữ số thập lục phân.")


class Wrong(Sentence, ValueError):
    """A request that doesn't keep to the protocol, with its status."""

    def __init__(self, status: int, msgid: str, **values):
        super().__init__(msgid, **values)
        self.status = status


@dataclass(frozen=True)
class Checksum:
    """algorithm of ALGORITHMS; digest: what the body of this request has to have."""

    algorithm: str
    digest: bytes

    def new(self):
        """A hash to feed the body to."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


def number(headers, name: str) -> int:
    """The value of a header that is a number of bytes. Raises Wrong."""
    value = headers.get(name, "")
    if not re.fullmatch(r"[0-9]{1,18}", value):
        raise Wrong(400, NEEDS_NUMBER, header=name)
    return int(value)


def metadata(headers) -> dict[str, str]:
    """Upload-Metadata as key and value: pairs by comma, values in Base64 (section "Creation"). Raises Wrong."""
    found = {}
    for pair in filter(None, (part.strip() for part in headers.get("Upload-Metadata", "").split(","))):
        key, _space, value = pair.partition(" ")
        if key in found or not key.isascii():
            raise Wrong(400, BAD_METADATA)
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Wrong(400, BAD_METADATA) from error
    return found


def sha256_of(about: dict[str, str]) -> str:
    """What the sender says that the whole file has (our own key "sha256", hex), or "". Raises Wrong."""
    said = about.get("sha256", "").lower()
    if said and not re.fullmatch(r"[0-9a-f]{64}", said):
        raise Wrong(400, BAD_SHA256)
    return said


def checksum(headers) -> Checksum | None:
    """Upload-Checksum (section "Checksum"): an algorithm and the Base64 of the digest. Raises Wrong."""
    value = headers.get("Upload-Checksum")
    if value is None:
        return None
    algorithm, _space, encoded = value.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if algorithm not in ALGORITHMS or len(digest) != hashlib.new(algorithm, usedforsecurity=False).digest_size:
        raise Wrong(400, BAD_CHECKSUM, known=", ".join(ALGORITHMS))
    return Checksum(algorithm, digest)


def expires(at) -> str:
    """A moment as Upload-Expires (RFC 9110, section 5.6.7)."""
    return format_datetime(at.astimezone(UTC), usegmt=True)
