"""Alerts at the centre: `/pemberitahuan/…`."""

from django.urls import path

from dekat.faces.central.alerts import views

urlpatterns = [
    path("pemberitahuan/", views.index, name="alerts"),
    path("pemberitahuan/saya/", views.mine, name="alerts-mine"),
    path("pemberitahuan/kantor/<str:party>/", views.office, name="alerts-office"),
    path("pemberitahuan/<uuid:dispatch_id>/ulang/", views.again, name="alerts-again"),
]
