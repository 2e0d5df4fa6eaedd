"""Enter an administrator, an organisation and colleagues: ``python fill.py COUNT``."""

import os
import sys

import django


def main(count: int) -> None:
    """Enter so many colleagues with a role each, print the organisation and one of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 -- after the set-up
    from django.utils import timezone  # noqa: PLC0415 -- after the set-up
    from staff.models import Account, Membership, Organisation  # noqa: PLC0415 -- likewise

    User.objects.create_superuser("hejing", password="four slow herons fishing")
    house = Organisation(kind="agency", name="秦慧社工")
    house.agency = house
    house.save(force_insert=True)
    at = timezone.now()
    accounts = [
        Account(
            login=f"colleague{number:07}",
            name=f"同事{number:07}",
            latin_name=f"Colleague {number:07}",
            password="!",
            last_login=at if number % 2 else None,
        )
        for number in range(count)
    ]
    Account.objects.bulk_create(accounts, batch_size=5000)
    Membership.objects.bulk_create(
        [
            Membership(
                agency=house,
                account=account,
                organisation=house,
                role="finance",
                from_on=timezone.localdate(at),
            )
            for account in accounts
        ],
        batch_size=5000,
    )
    sys.stdout.write(f"{house.pk} {accounts[0].pk}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
