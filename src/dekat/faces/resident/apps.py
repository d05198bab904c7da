from django.apps import AppConfig


class ResidentFaceConfig(AppConfig):
    name = "dekat.faces.resident"
    label = "face_resident"
