from django.apps import AppConfig


class SampleFaceConfig(AppConfig):
    name = "dekat.faces.sample"
    label = "face_sample"
