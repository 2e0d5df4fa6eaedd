"""Fill an agency with colleagues, past its operations: ``python -m bench.filling AGENCY COUNT``."""

import sys
from uuid import UUID

import django

CHUNK = 5000


def main(agency: UUID, count: int) -> None:
    """Enter so many accounts with a role each; half of them have been at work."""
    django.setup()
    from tonghu.access.models import Account, Membership  # noqa: PLC0415 -- after the set-up
    from tonghu.kernel import clock  # noqa: PLC0415 -- after the set-up

    at = clock.now()
    for start in range(0, count, CHUNK):
        accounts = [
            Account(
                login=f"colleague{number:07}",
                name=f"同事{number:07}",
                latin_name=f"Colleague {number:07}",
                password="!",
                last_login=at if number % 2 else None,
            )
            for number in range(start, min(start + CHUNK, count))
        ]
        Account.objects.bulk_create(accounts)
        rows = [
            Membership(
                agency_id=agency,
                account=account,
                organisation_id=agency,
                role="finance",
                from_on=clock.day(at),
            )
            for account in accounts
        ]
        Membership._base_manager.bulk_create(rows)


if __name__ == "__main__":
    main(UUID(sys.argv[1]), int(sys.argv[2]))
