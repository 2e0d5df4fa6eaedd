import pytest
from django.utils import translation


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "刘敏"), ("en", "Liu Min")])
def test_person_is_called_as_the_reader_can_read(liumin, language, name):
    with translation.override(language):
        assert liumin.account.called == name


def test_person_without_a_latin_name_keeps_her_own(liumin):
    liumin.account.latin_name = ""

    with translation.override("en"):
        assert liumin.account.called == "刘敏"


@pytest.mark.parametrize(
    ("language", "name"),
    [("zh-hans", "秦晖社会工作服务中心"), ("en", "Qinhui Social Work Centre")],
)
def test_agency_is_called_as_the_reader_can_read(house, language, name):
    with translation.override(language):
        assert house.called == name


def test_english_page_shows_latin_names_throughout(liumin, hejing, signed_in):
    client = signed_in(hejing)
    client.cookies["django_language"] = "en"

    page = client.get("/people/").content.decode()

    assert "Liu Min" in page
    assert "Qinhui Social Work Centre" in page
    assert "刘敏" not in page
