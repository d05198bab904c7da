"""How a password is kept: Argon2id with as little memory as is sound, because a station shares 2 GB with a browser."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2(Argon2PasswordHasher):
    """12 MiB and three rounds, one of the settings of equal strength in OWASP's password storage sheet.

    Django's own choice takes 100 MiB for each person who logs in: eight at once would fill an old computer. A hash
    made with it still works and is made anew at its officer's next log-in.
    """

    time_cost = 3
    memory_cost = 12_288
    parallelism = 1
