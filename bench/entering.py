"""Let the worker of a full agency in: ``python -m bench.entering AGENCY BROWSERS``.

Prints the cookies of so many browsers in which ``liumin`` has signed in, second factor and all,
and the files she holds. Past the pages of signing in, which ``bench.house`` walks.
"""

import json
import sys
from uuid import UUID

import django


def main(agency: UUID, browsers: int) -> None:
    """Sign her in so many times and print cookies and files as JSON."""
    django.setup()
    print(json.dumps(entered(agency, browsers)))


def entered(agency: UUID, browsers: int) -> dict[str, list]:
    """Sign the worker in so many times; return the cookies of each, and the files she holds."""
    from allauth.mfa.adapter import get_adapter  # noqa: PLC0415 -- after the set-up
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 -- after the set-up

    from tonghu.access.models import Account, Duty, Membership  # noqa: PLC0415
    from tonghu.people.policy import FILE  # noqa: PLC0415 -- after the set-up

    account = Account.objects.get(login="liumin")
    Authenticator.objects.get_or_create(
        user=account,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")}},
    )
    held = Membership.objects.unscoped("a measurement").get(account=account, agency_id=agency)
    duties = Duty.objects.unscoped("a measurement").filter(account=account, target_kind=FILE)
    files = [str(one) for one in duties.values_list("target_id", flat=True)]
    return {"cookies": [_let_in(account, held.pk) for _ in range(browsers)], "files": files}


def _let_in(account: object, membership: UUID) -> dict[str, str]:
    from django.test import Client  # noqa: PLC0415 -- after the set-up

    from tonghu.access.sessions import STARTED  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up

    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(account, backend=backend)  # type: ignore[arg-type]
    session = client.session
    session[STARTED] = clock.now().timestamp()
    session["membership"] = str(membership)
    session.save()
    return {name: morsel.value for name, morsel in client.cookies.items()}


if __name__ == "__main__":
    main(UUID(sys.argv[1]), int(sys.argv[2]))
