from django.apps import AppConfig


class UiFaceConfig(AppConfig):
    name = "dekat.faces.ui"
    label = "face_ui"
