"""Addresses of sign-in, second factor, invitations, language; allauth's views under our policy."""

from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponse
from django.urls import URLPattern, path

from tonghu.access.web import account as own_account
from tonghu.access.web import deputies, journal, notices, office, people, reasons, sign_in, waiting
from tonghu.access.web.pages import open_page, own_page

coming_in = open_page("a step of signing in")
own = own_page("a person's own way in")


def _at(route: str, mark: Callable, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    address: URLPattern = path(route, mark(view), name=name)
    return address


urlpatterns = [
    _at("sign-in/", coming_in, account.login, "account_login"),
    _at("sign-in/code/", coming_in, mfa.authenticate, "mfa_authenticate"),
    _at("sign-in/passkey/", coming_in, passkeys.login_webauthn, "mfa_login_webauthn"),
    _at("sign-in/closed/", coming_in, account.account_inactive, "account_inactive"),
    # Open, so that somebody between password and code can turn back.
    _at("sign-out/", coming_in, account.logout, "account_logout"),
    _at("sign-in/again/", own, account.reauthenticate, "account_reauthenticate"),
    _at("sign-in/again/code/", own, mfa.reauthenticate, "mfa_reauthenticate"),
    _at(
        "sign-in/again/passkey/",
        own,
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    _at("account/password/", own, account.password_change, "account_change_password"),
    _at("account/factors/", own, mfa.index, "mfa_index"),
    _at("account/factors/app/", own, totp.activate_totp, "mfa_activate_totp"),
    _at("account/factors/app/remove/", own, totp.deactivate_totp, "mfa_deactivate_totp"),
    _at("account/factors/codes/", own, codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _at(
        "account/factors/codes/new/",
        own,
        codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _at(
        "account/factors/codes/file/",
        own,
        codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    _at("account/factors/passkeys/", own, passkeys.list_webauthn, "mfa_list_webauthn"),
    _at("account/factors/passkeys/new/", own, passkeys.add_webauthn, "mfa_add_webauthn"),
    _at(
        "account/factors/passkeys/<int:pk>/remove/",
        own,
        passkeys.remove_webauthn,
        "mfa_remove_webauthn",
    ),
    _at("account/factors/passkeys/<int:pk>/", own, passkeys.edit_webauthn, "mfa_edit_webauthn"),
    path("second-factor/", sign_in.second_factor, name="second-factor"),
    path("invitation/<str:token>/", sign_in.invitation, name="invitation"),
    path("language/", sign_in.choose_language, name="set_language"),
    path("reason/<str:target_kind>/<uuid:target_id>/", reasons.reason, name="reason"),
    path("people/", people.person_list, name="person-list"),
    path("people/deputies/", deputies.deputies, name="deputies"),
    path("people/deputies/<uuid:deputy_id>/end/", deputies.deputy_end, name="deputy-end"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/<uuid:account_id>/", people.person, name="person"),
    path("people/<uuid:account_id>/invite/", people.person_invite, name="person-invite"),
    path("people/<uuid:account_id>/factors/", people.person_factors, name="person-factors"),
    path("people/<uuid:account_id>/leave/", people.person_leave, name="person-leave"),
    path("people/<uuid:account_id>/return/", people.person_return, name="person-return"),
    path("people/<uuid:account_id>/roles/new/", people.role_new, name="role-new"),
    path(
        "people/<uuid:account_id>/roles/<uuid:membership_id>/end/", people.role_end, name="role-end"
    ),
    path("set-up/office-hours/", office.office_hours, name="office-hours"),
    path("waiting/", waiting.waiting_list, name="waiting-list"),
    path("waiting/<uuid:proposal_id>/", waiting.waiting, name="waiting"),
    path("waiting/<uuid:proposal_id>/decide/", waiting.waiting_decide, name="waiting-decide"),
    path("journal/", journal.journal, name="journal"),
    path("journal/head/", journal.journal_head, name="journal-head"),
    path("notices/<uuid:notice_id>/seen/", notices.notice_seen, name="notice-seen"),
    path("account/", own_account.account, name="account"),
    path("account/sessions/end/", own_account.sessions_end, name="sessions-end"),
    path(
        "account/devices/<uuid:device_id>/revoke/", own_account.device_revoke, name="device-revoke"
    ),
    path("account/membership/", own_account.membership_choose, name="membership-choose"),
]
