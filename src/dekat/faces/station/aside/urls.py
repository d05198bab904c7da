"""What stands aside."""

from django.urls import path

from dekat.faces.station.aside import views

urlpatterns = [
    path("disisihkan/", views.index, name="station-aside"),
    path("disisihkan/<uuid:item_id>/kirim/", views.send_again, name="station-aside-send"),
]
