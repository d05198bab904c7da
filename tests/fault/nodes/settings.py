"""A node with the concepts that the line needs and no more, so that it starts fast enough to be killed often."""

from dekat.project.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "dekat.ledger",
    "dekat.areas",
    "dekat.accounts",
    "dekat.sync",
    "dekat.readings",
    "dekat.equipment",
    "tests.fault.nodes.later",
]
MIDDLEWARE: list[str] = []
