from tonghu.look.web.headers import POLICY


def test_every_answer_forbids_what_comes_from_elsewhere(client):
    for address in ("/styleguide/", "/nothing/"):
        response = client.get(address)

        assert response.headers["Content-Security-Policy"] == POLICY
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_policy_allows_no_inline_code_and_no_eval():
    assert "default-src 'self'" in POLICY
    assert "unsafe" not in POLICY
    assert "script-src" not in POLICY
