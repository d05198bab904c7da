from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "dekat.faces.gallery"
    label = "face_gallery"
