from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "dekat.printing"
    label = "printing"
