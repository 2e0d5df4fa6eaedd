from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonghu.kernel.money import MOST, NoAmount, fen, in_yuan, split


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("12.500", 1250),
        ("1,234.56", 123456),
        ("1,234,567", 123456700),
        ("¥1234.50", 123450),
        ("￥ 1 234.50", 123450),
        ("1234.50元", 123450),
        ("１２．５", 1250),
        ("-3.05", -305),
        ("\u22123.05", -305),
    ],
)
def test_fen_reads_what_people_type(typed, amount):
    assert fen(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "十二", "1.234", "12,34", "1e3", "--1", "1.2.3", "12.345", "999999999999", "NaN"]
)
def test_fen_refuses_what_is_no_amount(typed):
    with pytest.raises(NoAmount):
        fen(typed)


@given(st.integers(-MOST, MOST))
def test_fen_reads_back_every_amount_it_can_write(amount):
    assert fen(f"{in_yuan(amount):f}") == amount


def test_in_yuan_is_exact():
    assert in_yuan(1) == Decimal("0.01")


@given(
    st.integers(-MOST, MOST),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
)
def test_split_adds_up_and_stays_within_a_fen_of_the_exact_share(amount, weights):
    parts = split(amount, weights)

    assert sum(parts) == amount
    whole = sum(weights)
    assert all(
        abs(part * whole - amount * weight) < whole
        for part, weight in zip(parts, weights, strict=True)
    )


def test_split_gives_what_remains_to_the_largest_remainders():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(-100, [1, 2]) == [-33, -67]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_split_refuses_weights_without_sense(weights):
    with pytest.raises(ValueError, match=r"Weights|empty"):
        split(100, weights)
