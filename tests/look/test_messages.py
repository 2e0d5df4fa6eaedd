import pytest
from tools import messages

HEADING = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def domain(tmp_path):
    """One small package: ``domain(page=..., code=..., po=...)`` returns its faults."""

    def faults(*, page: str = "", code: str = "", po: str = "") -> list[str]:
        package = tmp_path / "src" / "tonghu"
        folder = package / "casework"
        catalogue = folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
        for path, text in (
            (folder / "__init__.py", ""),
            (folder / "templates" / "page.html", page),
            (folder / "views.py", code),
            (catalogue, HEADING + po),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return messages.faults(package)

    return faults


def entry(english: str, chinese: str, before: str = "") -> str:
    return f'{before}msgid "{english}"\nmsgstr "{chinese}"\n\n'


def test_own_catalogues_are_complete():
    assert messages.faults() == []


def test_a_translated_page_has_no_fault(domain):
    page = '<h1 class="a">{% translate "Visits" %}</h1>'

    assert domain(page=page, po=entry("Visits", "探访")) == []


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ('{% translate "Visits" %}', ""),
        ("{% blocktranslate %}Visits{% endblocktranslate %}", ""),
        ('{% include "a.html" with title=_("Visits") %}', ""),
        ("", "_('Visits')"),
        ("", "gettext_lazy('Visits')"),
    ],
)
def test_a_message_without_a_catalogue_entry_is_named(domain, page, code):
    place = "templates/page.html" if page else "views.py"

    assert domain(page=page, code=code) == [
        f"src/tonghu/casework/{place}: not in "
        "src/tonghu/casework/locale/zh_Hans/LC_MESSAGES/django.po: 'Visits'"
    ]


@pytest.mark.parametrize(
    ("code", "po"),
    [
        ("pgettext('sum', 'Visits')", entry("Visits", "探访", 'msgctxt "sum"\n')),
        (
            "ngettext('%(n)s visit', '%(n)s visits', 2)",
            'msgid "%(n)s visit"\nmsgid_plural "%(n)s visits"\nmsgstr[0] "%(n)s 次探访"\n',
        ),
    ],
)
def test_contexts_and_plurals_are_found(domain, code, po):
    assert domain(code=code, po=po) == []


def test_plurals_of_templates_are_found(domain):
    page = (
        "{% blocktranslate count n=visits %}{{ n }} visit{% plural %}{{ n }} visits"
        "{% endblocktranslate %}"
    )
    po = 'msgid "%(n)s visit"\nmsgid_plural "%(n)s visits"\nmsgstr[0] "%(n)s 次探访"\n'

    assert domain(page=page, po=po) == []


@pytest.mark.parametrize(
    ("english", "entry_of_it", "fault"),
    [
        ("Visits", entry("Visits", ""), "no translation"),
        ("Visits", entry("Visits", "探访", "#, fuzzy\n"), "fuzzy translation"),
        ("%(n)s left", entry("%(n)s left", "还剩"), "placeholders differ"),
        ("Wait", entry("Wait", "等,再说"), "half-width punctuation after Chinese"),
        ("Wait", entry("Wait", "等(再说"), "half-width punctuation before Chinese"),
        ("Wait", entry("Wait", "正在保存..."), "three dots instead of an ellipsis"),
        ("Wait", entry("Wait", "刘敏 · 社工"), "spaced middle dot"),
        ("Wait", entry("Wait", "保存好了！"), "exclamation mark"),
        ("Wait", entry("Wait", "请稍后"), "a word we do not use"),
        ("Send", entry("Send", "提交"), "a verb that does not say what is done"),
        ("Saving...", entry("Saving...", "正在保存"), "three dots instead of an ellipsis"),
    ],
)
def test_a_careless_translation_is_named(domain, english, entry_of_it, fault):
    found = domain(code=f"_({english!r})", po=entry_of_it)

    assert any(f"django.po: {fault}: {english!r}" in line for line in found)


def test_data_for_a_script_is_no_script(domain):
    assert domain(page='<script type="application/json">{"ids": "login"}</script>') == []


@pytest.mark.parametrize("mark", ["", "#~ "])
def test_an_obsolete_entry_is_named(domain, mark):
    po = f'{mark}msgid "Visits"\n{mark}msgstr "探访"\n'

    assert [line.split(": ", 1)[1] for line in domain(po=po)] == ["obsolete: 'Visits'"]


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<p style="color:red"></p>', "inline style"),
        ('<p onclick="go()"></p>', "inline handler"),
        ("<script>go()</script>", "inline script"),
        ("<p>探访</p>", "Chinese outside a catalogue"),
        ("<p>Visits</p>", "words outside gettext"),
        ('<p aria-label="Visits"></p>', "words outside gettext"),
    ],
)
def test_what_has_no_place_in_a_page_is_named(domain, page, fault):
    assert any(
        f"page.html:1: {fault}" in line or f"page.html: {fault}" in line
        for line in domain(page=page)
    )


def test_two_catalogues_agree_on_a_message(domain, tmp_path):
    domain(code="_('Visits')", po=entry("Visits", "探访"))
    other = tmp_path / "src" / "tonghu" / "outreach"
    catalogue = other / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    (other / "__init__.py").write_text("_('Visits')", "utf-8")
    catalogue.write_text(HEADING + entry("Visits", "走访"), "utf-8")

    found = messages.faults(tmp_path / "src" / "tonghu")

    assert len(found) == 1
    assert "outreach" in found[0]
    assert "not the Chinese of" in found[0]


def test_extract_keeps_the_chinese_and_drops_what_is_gone(domain, tmp_path):
    domain(code="_('Visits')", po=entry("Visits", "探访") + entry("Gone", "没了"))
    package = tmp_path / "src" / "tonghu"

    messages.extract(messages.domains(package)[0])
    first = (package / "casework/locale/zh_Hans/LC_MESSAGES/django.po").read_text("utf-8")
    messages.extract(messages.domains(package)[0])
    second = (package / "casework/locale/zh_Hans/LC_MESSAGES/django.po").read_text("utf-8")

    assert first == second
    assert "探访" in first
    assert "没了" not in first
    assert "Date" not in first
