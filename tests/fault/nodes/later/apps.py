from django.apps import AppConfig


class LaterConfig(AppConfig):
    name = "tests.fault.nodes.later"
    label = "later"
