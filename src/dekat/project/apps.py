from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "dekat.project"
    label = "project"

    def ready(self) -> None:
        from dekat.project import wiring

        wiring.connect()
