import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from tonghu.access.models import Account


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("雪过石桥", "密码太短，至少要 10 个字符。"),
        ("password1234", "这个密码很多人用，换一个。"),
        ("202611250715", "密码不能只有数字，加几个字或字母。"),
        ("liuminworker", "密码和登录名太像，别人猜得到。"),
    ],
)
def test_refused_password_is_told_in_chinese(password, words):
    account = Account(login="liuminworker", name="刘敏")

    with translation.override("zh-hans"), pytest.raises(ValidationError) as refusal:
        validate_password(password, account)

    assert refusal.value.messages == [words]
