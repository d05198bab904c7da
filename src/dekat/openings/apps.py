from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "dekat.openings"
    label = "openings"
    default_auto_field = "django.db.models.BigAutoField"
