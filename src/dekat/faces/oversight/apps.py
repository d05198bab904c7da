from django.apps import AppConfig


class OversightFaceConfig(AppConfig):
    name = "dekat.faces.oversight"
    label = "face_oversight"
