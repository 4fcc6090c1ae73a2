from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's least parameters (Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane).

    Thirty children sign in in the same second on a small machine: Django's own 100 MiB and 8 lanes
    take eight times as long and three gigabytes.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
