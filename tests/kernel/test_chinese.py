import pytest

from tonghu.kernel.chinese import plain, readings, sort_key, sound, spellings


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("谭 小海", "谭小海"),
        ("譚小海", "谭小海"),
        ("扎西·顿珠", "扎西顿珠"),
        ("扎西・顿珠", "扎西顿珠"),
        ("Ｌｉｕ Min", "liumin"),
        ("·", ""),
    ],
)
def test_plain_compares_names_however_they_are_written(written, compared):
    assert plain(written) == compared


def test_spellings_read_a_surname_as_a_surname_first():
    assert spellings("单雪")[0] == ("shan", "xue")
    assert ("dan", "xue") in spellings("单雪")


def test_spellings_are_at_most_eight():
    assert len(spellings("长重行乐单曾")) == 8
    assert spellings("") == []


def test_sound_takes_the_umlaut_in_every_spelling():
    assert {sound("lv min"), sound("LYU Min"), sound("Lü min"), sound("lu'min")} == {"lumin"}


def test_readings_of_letters_are_the_letters():
    assert readings("obrien") == ("obrien",)


def test_sort_key_orders_by_sound_and_then_by_sign():
    names = ["王燕", "谭小海", "谭晓海", "阿依古丽"]

    assert sorted(names, key=sort_key) == ["阿依古丽", "谭小海", "谭晓海", "王燕"]
