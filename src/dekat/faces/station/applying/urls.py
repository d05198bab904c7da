from django.urls import path

from dekat.faces.station.applying import views

urlpatterns = [
    path("permohonan/", views.choose, name="desk-apply-choose"),
    path("permohonan/bukti/<uuid:application_id>/", views.receipt, name="desk-apply-receipt"),
    path("permohonan/bukti/<uuid:application_id>/<str:form>.pdf", views.filled_form, name="desk-apply-form"),
    path("permohonan/<slug:subject>/", views.fill, name="desk-apply-fill"),
]
