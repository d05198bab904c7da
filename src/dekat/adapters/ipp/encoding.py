"""The IPP message on the wire (RFC 8010): a header, groups of attributes, then the document."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from dekat.kernel.errors import DekatError

Value = int | str | bool | bytes
VERSION = (2, 0)
END = 0x03


class Operation(IntEnum):
    """The operations that we send or answer (RFC 8011, 5.4.15)."""

    CREATE_JOB = 0x05
    SEND_DOCUMENT = 0x06
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B


class Status(IntEnum):
    """The answers that matter to us; below 0x0100 all is well."""

    OK = 0x0000
    BAD_REQUEST = 0x0400
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    FORMAT_UNSUPPORTED = 0x040A
    OPERATION_UNSUPPORTED = 0x0501


class Section(IntEnum):
    """Delimiter tags: which group of attributes follows."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04


class Tag(IntEnum):
    """Value tags of the attributes in use."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


class NotIpp(DekatError):
    """What answered does not speak IPP, or its answer was cut."""

    code = "adapters.ipp.not_ipp"


@dataclass(frozen=True)
class Attribute:
    """One attribute to send; all its values have one tag."""

    tag: Tag
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Group:
    """One received group: its delimiter and its attributes by name."""

    section: int
    attributes: dict[str, list[Value]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The first value as text; empty when absent."""
        return str(self.attributes.get(name, [""])[0])

    def texts(self, name: str) -> tuple[str, ...]:
        """All values as text."""
        return tuple(str(value) for value in self.attributes.get(name, []))

    def count(self, name: str) -> int | None:
        """The first value as a number; None when absent or said to be unknown."""
        value = self.attributes.get(name, [""])[0]
        return value if isinstance(value, int) else None

    def number(self, name: str) -> int:
        """The first value as a number; 0 when absent."""
        return self.count(name) or 0


@dataclass(frozen=True)
class Message:
    """A whole message: `code` is the operation asked or the status answered."""

    code: int
    request_id: int
    groups: list[Group]
    document: bytes = b""

    def group(self, section: Section) -> Group:
        """The first group of a section; an empty one when absent."""
        return next(iter(self.all(section)), Group(section))

    def all(self, section: Section) -> list[Group]:
        """Every group of a section, in order."""
        return [group for group in self.groups if group.section == section]


def encode(code: int, request_id: int, groups: Iterable[tuple[Section, Iterable[Attribute]]]) -> bytes:
    """Write a message without its document."""
    parts = [struct.pack(">BBHI", *VERSION, code, request_id)]
    for section, attributes in groups:
        parts.append(bytes([section]))
        parts.extend(_encode_attribute(attribute) for attribute in attributes)
    return b"".join([*parts, bytes([END])])


def decode(data: bytes) -> Message:
    """Read a message; the bytes after it are its document.

    Refuses: adapters.ipp.not_ipp.
    """
    try:
        _major, _minor, code, request_id = struct.unpack_from(">BBHI", data)
        groups, end = _decode_groups(data, 8)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotIpp from error
    return Message(code, request_id, groups, data[end:])


def _encode_attribute(attribute: Attribute) -> bytes:
    parts = []
    for position, value in enumerate(attribute.values):
        # A further value of the same attribute comes with an empty name.
        name = attribute.name.encode() if position == 0 else b""
        raw = _encode_value(attribute.tag, value)
        parts.append(struct.pack(">BH", attribute.tag, len(name)) + name + struct.pack(">H", len(raw)) + raw)
    return b"".join(parts)


def _encode_value(tag: Tag, value: Value) -> bytes:
    if tag in (Tag.INTEGER, Tag.ENUM):
        return struct.pack(">i", value)
    if tag == Tag.BOOLEAN:
        return bytes([bool(value)])
    return value if isinstance(value, bytes) else str(value).encode()


def _decode_groups(data: bytes, at: int) -> tuple[list[Group], int]:
    groups: list[Group] = []
    name = ""
    while data[at] != END:
        if data[at] < 0x10:
            groups.append(Group(data[at]))
            at += 1
            continue
        tag, at = data[at], at + 1
        raw_name, at = _counted(data, at)
        raw_value, at = _counted(data, at)
        if not groups:
            raise NotIpp
        name = raw_name.decode() or name
        groups[-1].attributes.setdefault(name, []).append(_decode_value(tag, raw_value))
    return groups, at + 1


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", data, at)
    end = at + 2 + length
    if end > len(data):
        raise NotIpp
    return data[at + 2 : end], end


def _decode_value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM):
        (number,) = struct.unpack(">i", raw)
        return int(number)
    if tag == Tag.BOOLEAN:
        return bool(raw[0])
    if 0x40 <= tag <= 0x49:
        return raw.decode("utf-8", "replace")
    return raw
