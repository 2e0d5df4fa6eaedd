import datetime as dt
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy
from pypdf import PdfReader

from tests.conftest import AT
from tonghu.documents.pdf import Copy, Imprint, TemplateFault, print_document

SHEET = """#import "/documents/typst/base.typ": *
#show: sheet
#for line in data.lines { par(line) }
"""
OURS = {"NotoSansSC-Regular", "NotoSansSC-Bold"}
IMPRINT = Imprint(
    agency="秦晖社会工作服务中心",
    title="探访记录",
    number="QH-2026-017",
    confidentiality="机密",
    printed_by="刘敏",
)
FOR_THE_BUREAU = Copy(
    recipient="新城区民政局", purpose="年度审计", expires_at=AT + dt.timedelta(hours=24)
)


@pytest.fixture
def template(tmp_path):
    """A template of its own: ``template("#for …")``."""

    def written(text: str = SHEET) -> Path:
        path = tmp_path / "visit.typ"
        path.write_text(text, "utf-8")
        return path

    return written


@pytest.fixture
def printed(template):
    """Lines printed under the frame."""

    def lines(*said: str, at: dt.datetime = AT, copy: Copy | None = None, **frame):
        imprint = Imprint(**{**vars(IMPRINT), "copy": copy, **frame})
        return print_document(template(), imprint=imprint, data={"lines": list(said)}, at=at)

    return lines


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def faces_of(pdf: bytes) -> set[str]:
    fonts = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            face = font.get_object()
            below = face["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in below["/FontDescriptor"].get_object()
            fonts.add(face["/BaseFont"].removeprefix("/").split("+")[1].removesuffix("-Identity-H"))
    return fonts


def test_a_document_prints_chinese_with_our_two_faces_alone(printed):
    document = printed("陈小雨今天在家，精神很好。", "Chen Xiaoyu is well, 12.5 °C.")

    assert "陈小雨今天在家，精神很好。" in text_of(document.pdf)
    assert "Chen Xiaoyu is well" in text_of(document.pdf)
    assert faces_of(document.pdf) == OURS
    assert document.unprintable == ()


def test_a_document_says_on_its_pages_whose_it_is(printed):
    text = text_of(printed(*["一行"] * 120).pdf)

    for words in ("秦晖社会工作服务中心", "探访记录", "QH-2026-017", "机密", "刘敏"):
        assert text.count(words) >= 2
    assert "2026-06-01 10:00" in text


def test_a_copy_that_leaves_says_for_whom_what_for_and_until_when(printed):
    own, copy = text_of(printed("一").pdf), text_of(printed("一", copy=FOR_THE_BUREAU).pdf)

    assert "新城区民政局" in copy
    assert "年度审计" in copy
    assert "2026-06-02 10:00" in copy
    assert "新城区民政局" not in own


@pytest.mark.parametrize(
    ("said", "shown", "told"),
    [
        ("𠮷野家的孩子", "〔U+20BB7〕野家的孩子", ("𠮷",)),
        ("王\U0002a6a5", "王〔U+2A6A5〕", ("\U0002a6a5",)),
        ("a\x00b", "a〔U+0000〕b", ("\x00",)),
        ("刘\u202e敏", "刘〔U+202E〕敏", ("\u202e",)),
    ],
)
def test_a_rare_character_is_printed_as_its_number_and_told(printed, said, shown, told):
    document = printed(said)

    assert shown in text_of(document.pdf)
    assert document.unprintable == told
    assert "字" in text_of(document.pdf)
    assert faces_of(document.pdf) == OURS


def test_a_rare_character_is_told_once_wherever_it_stands(printed):
    assert printed("𠮷𠮷", "𠮷", printed_by="𠮷野").unprintable == ("𠮷",)
    assert printed("一", printed_by="𠮷野").unprintable == ("𠮷",)


@pytest.mark.parametrize("sign", ["#emph[x]", "$x$", "*x*", "= x", "@x", "<x>", "\\", "`x`", '"x"'])
def test_a_text_with_the_templates_own_signs_prints_as_itself(printed, sign):
    assert sign in text_of(printed(f"刘{sign}敏").pdf)


def test_a_document_can_be_printed_between_two_seconds(printed):
    between = printed("一", at=AT + dt.timedelta(microseconds=250_000))

    assert between.pdf == printed("一").pdf


def test_a_document_of_the_same_moment_is_the_same_file(printed):
    first, second = printed("一", copy=FOR_THE_BUREAU), printed("一", copy=FOR_THE_BUREAU)
    later = printed("一", copy=FOR_THE_BUREAU, at=AT + dt.timedelta(minutes=1))

    assert first.pdf == second.pdf
    assert first.pdf != later.pdf


def test_a_document_names_no_person_and_no_folder_in_its_properties(printed, tmp_path):
    document = printed("陈小雨", copy=FOR_THE_BUREAU)
    properties = PdfReader(BytesIO(document.pdf)).metadata

    assert properties.title == "探访记录"
    assert properties.author is None
    said = " ".join(str(value) for value in properties.values())
    for word in ("刘敏", "陈小雨", "新城区", str(tmp_path)):
        assert word not in said
    assert str(tmp_path).encode() not in document.pdf


def test_a_document_speaks_the_language_it_is_printed_in(printed):
    chinese, english = printed("一"), printed("一", language="en")

    assert re.search(r"Page 1 of 1", text_of(english.pdf))
    assert "Page 1" not in text_of(chinese.pdf)
    assert PdfReader(BytesIO(chinese.pdf)).trailer["/Root"]["/Lang"].startswith("zh")


@pytest.mark.parametrize(
    "fault",
    [
        "#data.lines.first().nothing",
        "#(data.lines.first() + 1)",
        "#panic(data.lines.first())",
        "#assert(false, message: data.lines.first())",
        "#data.at(data.lines.first())",
        "#read(data.lines.first())",
        "#eval(data.lines.first())",
    ],
)
def test_a_fault_in_a_template_is_told_by_its_place_without_the_data(template, fault):
    broken = template(SHEET + "\n" + fault)

    with pytest.raises(TemplateFault) as told:
        print_document(broken, imprint=IMPRINT, data={"lines": ["陈小雨的电话"]}, at=AT)

    assert "陈小雨" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__
    assert re.fullmatch(r"visit\.typ(, line \d+, column \d+)?", str(told.value))


def test_a_template_reads_nothing_outside_the_program(template):
    outside = template('#import "/documents/typst/base.typ": *\n#read("/../../etc/passwd")')

    with pytest.raises(TemplateFault):
        print_document(outside, imprint=IMPRINT, data={"lines": []}, at=AT)


@pytest.mark.parametrize("value", [AT, {1, 2}, object(), b"x"], ids=["moment", "set", "any", "raw"])
def test_data_that_a_template_cannot_read_are_refused(template, value):
    with pytest.raises(TypeError):
        print_document(template(), imprint=IMPRINT, data={"lines": [], "more": value}, at=AT)


def test_words_not_yet_translated_are_printed_in_the_documents_language(template):
    data = {"lines": [gettext_lazy("Supervisor")]}

    document = print_document(template(), imprint=IMPRINT, data=data, at=AT)

    assert "督导" in text_of(document.pdf)
