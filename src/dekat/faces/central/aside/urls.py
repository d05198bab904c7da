"""What stands aside."""

from django.urls import path

from dekat.faces.central.aside import views

urlpatterns = [
    path("kantor/disisihkan/", views.index, name="office-aside"),
    path("kantor/disisihkan/<str:digest>/", views.show, name="office-aside-one"),
    path("kantor/disisihkan/<str:digest>/putuskan/", views.decide, name="office-aside-decide"),
    path("kantor/disisihkan/<str:digest>/setuju/", views.agree, name="office-aside-agree"),
    path("kantor/disisihkan/<str:digest>/batal/", views.disagree, name="office-aside-disagree"),
]
