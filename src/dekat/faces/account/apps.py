from django.apps import AppConfig


class AccountFaceConfig(AppConfig):
    name = "dekat.faces.account"
    label = "face_account"
