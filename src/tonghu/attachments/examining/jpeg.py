"""The notes that cameras write into a JPEG, taken out without touching the picture itself."""

START, END, SCAN = 0xD8, 0xD9, 0xDA
NOTES = {*range(0xE1, 0xEE), 0xEF, 0xFE}
"""Application segments and comments; E0 and EE say how the colours are to be read."""


def without_notes(content: bytes) -> bytes:
    """Return a JPEG without place, camera and comment; what is none comes back as it is."""
    if content[:2] != b"\xff\xd8":
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == SCAN:
            break
        length = int.from_bytes(content[at + 2 : at + 4], "big") + 2
        if marker not in NOTES:
            kept.append(content[at : at + length])
        at += length
    return b"".join([*kept, content[at:]])
