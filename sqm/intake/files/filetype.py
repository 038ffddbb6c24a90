"""What a file really is, judged by its bytes; its name only has to agree."""

import re
import unicodedata

from sqm.intake.first_look.look import Kind
from sqm.intake.problems import Level, Problem, shown

ALLOWED = {
    "csv": Kind.DELIMITED, "tsv": Kind.DELIMITED, "txt": Kind.DELIMITED, "xlsx": Kind.WORKBOOK,
    "sav": Kind.SPSS, "zsav": Kind.SPSS,
}  # fmt: skip
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG image"), (b"GIF8", "GIF image"), (b"\xff\xd8\xff", "JPEG image"),
    (b"BM", ""), (b"MZ", "program (EXE)"), (b"\x7fELF", "program (ELF)"), (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!", "RAR archive"), (b"\x1f\x8b", "gzip archive"), (b"BZh", "bzip2 archive"), (b"\xfd7zXZ", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"), (b"SQLite format 3", "SQLite database"), (b"PAR1", "Parquet file"),
    (b"{\\rtf", "RTF document"), (b"MIME-Version", "MHTML page"), (b"ARROW1", "Arrow file"), (b"RIFF", "media file"),
    (b"II*\x00", "TIFF image"), (b"MM\x00*", "TIFF image"), (b"\x00asm", "program"), (b"\xca\xfe\xba\xbe", "program"),
    (b"#!/", "script"), (b"OggS", "media file"), (b"<stata_dta>", "Stata file"),
)  # fmt: skip
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|table|meta|\?xml|svg|script|div)[\s>/!-]", re.IGNORECASE)
_JSON = re.compile(rb'^(?:\[\s*[\[{"\d]|\{\s*(?:"|\}))')


def kind_of(head: bytes, size: int) -> tuple[Kind, str]:
    """Kind, and for OTHER what it is. head: the first 64 KiB."""
    if head[:4] == b"PK\x03\x04" or head[:4] == b"PK\x05\x06":
        return Kind.WORKBOOK, ""
    if head[:4] in (b"$FL2", b"$FL3"):
        return Kind.SPSS, ""
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return Kind.OTHER, "OLE"
    for magic, name in _MAGIC:
        if head.startswith(magic) and name:
            return Kind.OTHER, name
    if head[:2] == b"BM" and size > 54 and int.from_bytes(head[2:6], "little") == size:
        return Kind.OTHER, "BMP image"
    text = _as_ascii(head)
    if _MARKUP.search(text[:1024].lstrip()[:200]) and text.lstrip()[:1] == b"<":
        return Kind.OTHER, "HTML or XML page"
    if _JSON.match(text.lstrip()[:200]):
        return Kind.OTHER, "JSON"
    return (Kind.OTHER, "binary file") if _is_binary(head) else (Kind.DELIMITED, "")


def _as_ascii(head: bytes) -> bytes:
    """The start without byte order mark and without the zero bytes of UTF-16 and UTF-32."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    return head[:4096].replace(b"\x00", b"")


def _is_binary(head: bytes) -> bool:
    """Many control characters that no text encoding makes (UTF-16 is told apart by its zero bytes)."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or not head:
        return False
    sample = head[:8192]
    if sample.count(0) > 0.2 * len(sample) and _zero_pattern(sample):
        return False
    odd = sum(1 for byte in sample if byte < 32 and byte not in (0, 9, 10, 12, 13, 26, 27))
    return odd > max(4, 0.02 * len(sample)) or sample.count(0) > max(8, 0.3 * len(sample))


def _zero_pattern(sample: bytes) -> bool:
    """Zero bytes stand nearly always at even, or at odd, places: UTF-16 text without a byte order mark."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return min(even, odd) <= 0.05 * max(even, odd)


def extension(file_name: str) -> str:
    """The last extension of the last part of a name, lower case, '' if there is none."""
    last = re.split(r"[/\\]", file_name)[-1]
    clean = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf")).rstrip(". ")
    return clean.rpartition(".")[2].casefold() if "." in clean else ""


def check_name(file_name: str) -> list[Problem]:
    """A name is only data: it is refused for its extension, and remarked on when it tries to be a path."""
    ending = extension(file_name)
    if "\x00" in file_name or (ending and ending not in ALLOWED):
        allowed = ", ".join(f".{name}" for name in ALLOWED)
        values = (("extension", shown(f".{ending}")), ("allowed", allowed))
        return [Problem("name_not_allowed", Level.FILE, found=shown(file_name), values=values)]
    odd = any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c not in "\u200d\ufe0f" for c in file_name)
    if odd or re.search(r"[/\\<>|]", file_name) or len(file_name) > 255:
        return [Problem("name_unusual", Level.NOTE, found=shown(file_name))]
    return []


def check_kind(kind: Kind, what: str, file_name: str) -> list[Problem]:
    """The content must be of a kind we read, and of the kind that the name says."""
    ending = extension(file_name)
    if kind is Kind.OTHER:
        return [Problem("type_not_supported", Level.FILE, values=(("kind", what),))]
    if ending and ALLOWED.get(ending) is not kind:
        return [Problem("type_mismatch", Level.FILE, values=(("kind", kind.value), ("extension", f".{ending}")))]
    return []
