"""The outer box of old Office files: which streams it holds, and the bytes of one of them."""

import struct
from typing import Final

from tonghu.people.roster.refusals import CutOff

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER: Final = 512
_ENTRY: Final = 128
_LAST_SECTOR: Final = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5
_SMALL: Final = 4096


class CompoundFile:
    """A compound file held in memory; every chain of sectors is walked with a limit."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._read_header()
        except (struct.error, IndexError) as fault:
            raise CutOff from fault

    def _read_header(self) -> None:
        content = self._content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= shift <= 16 or small_shift > shift:
            raise CutOff
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, _sign, _cut, small, _many, more, more_count = struct.unpack_from(
            "<IIIIIII", content, 48
        )
        self._table = self._read_table(more, more_count)
        self._entries = self._read_directory(directory)
        self._small_table = _numbers(self._chain(small)) if small < _LAST_SECTOR else []

    def _read_table(self, more: int, more_count: int) -> list[int]:
        """Join the sectors of the allocation table, the further ones named in a chain."""
        named = list(struct.unpack_from("<109I", self._content, 76))
        for _step in range(min(more_count, len(self._content) // self._size + 1)):
            if more >= _LAST_SECTOR:
                break
            *numbers, more = _numbers(self._sector(more))
            named += numbers
        table: list[int] = []
        for sector in named:
            if sector < _LAST_SECTOR:
                table += _numbers(self._sector(sector))
        return table

    def _sector(self, number: int) -> bytes:
        # The header fills one sector, whatever the size of a sector.
        begin = (number + 1) * self._size
        sector = self._content[begin : begin + self._size]
        if not sector:
            raise CutOff
        return sector

    def _chain(self, first: int) -> bytes:
        sectors, number = [], first
        while number < _LAST_SECTOR:
            sectors.append(self._sector(number))
            if len(sectors) > len(self._table) or number >= len(self._table):
                raise CutOff
            number = self._table[number]
        return b"".join(sectors)

    def _read_directory(self, first: int) -> dict[str, tuple[int, int, int]]:
        content, entries = self._chain(first), {}
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            start, size = struct.unpack_from("<II", content, at + 116)
            name = content[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind:
                entries["/" if kind == _ROOT else name] = (kind, start, size)
        return entries

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all streams and folders in it."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of one stream.

        :raises CutOff: when a part of it lies beyond the end of the file.
        """
        kind, start, size = self._entries[name]
        if kind != _STREAM:
            raise CutOff
        content = self._small_chain(start) if size < _SMALL else self._chain(start)
        if len(content) < size:
            raise CutOff
        return content[:size]

    def _small_chain(self, first: int) -> bytes:
        _kind, root, _size = self._entries.get("/", (0, _LAST_SECTOR, 0))
        box, parts, number = self._chain(root), [], first
        while number < _LAST_SECTOR:
            begin = number * self._small_size
            parts.append(box[begin : begin + self._small_size])
            if len(parts) > len(self._small_table) or number >= len(self._small_table):
                raise CutOff
            number = self._small_table[number]
        return b"".join(parts)


def _numbers(content: bytes) -> list[int]:
    whole = len(content) // 4
    return list(struct.unpack_from(f"<{whole}I", content))
