from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.adapter import get_adapter


def test_passkey_names_its_owner_as_sign_in_reads_it(liumin):
    entity = get_adapter().get_public_key_credential_user_entity(liumin.account)

    assert url_str_to_user_pk(entity["id"].decode()) == liumin.account.pk
    assert (entity["display_name"], entity["name"]) == ("刘敏", "liumin")
