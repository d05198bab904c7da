from django.apps import AppConfig


class StationFaceConfig(AppConfig):
    name = "dekat.faces.station"
    label = "face_station"
