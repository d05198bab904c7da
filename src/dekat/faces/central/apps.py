from django.apps import AppConfig


class CentralFaceConfig(AppConfig):
    name = "dekat.faces.central"
    label = "face_central"
