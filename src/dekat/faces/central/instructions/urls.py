from django.urls import path

from dekat.faces.central.instructions import views

urlpatterns = [
    path("kantor/petunjuk/", views.index, name="office-instructions"),
    path("kantor/petunjuk/baru", views.write, name="office-instruction-new"),
    path("kantor/petunjuk/jawab/<uuid:question_id>", views.answer, name="office-answer"),
    path("kantor/petunjuk/<str:instruction_id>/", views.show, name="office-instruction"),
    path("kantor/petunjuk/<str:instruction_id>/ubah", views.write, name="office-instruction-edit"),
    path("kantor/petunjuk/<str:instruction_id>/terbit", views.publish, name="office-instruction-publish"),
]
