"""The number of a child's file: drawn by lot, without signs that are mistaken for each other."""

import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_number() -> str:
    """Return a number that says nothing about the child, its place or the day."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(number: str) -> str:
    """Return a number as it is printed and read out: in two halves."""
    return f"{number[:4]}-{number[4:]}"


def read(text: str) -> str:
    """Return what somebody typed or heard as a number is kept."""
    return "".join(text.upper().split()).replace("-", "")
