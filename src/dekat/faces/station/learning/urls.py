from django.urls import path

from dekat.faces.station.learning import film, practice, views

urlpatterns = [
    path("belajar/", views.home, name="learning"),
    path("belajar/pelajaran/<slug:lesson_id>/", views.lesson, name="lesson"),
    path("belajar/kuis/", views.quiz, name="learning-quiz"),
    path("belajar/latihan/<int:number>/mulai/", practice.begin, name="practice-begin"),
    path("belajar/film/<uuid:recording_id>/<slug:scene>/<int:number>.jpg", film.frame, name="practice-film"),
    path("belajar/hasil/<uuid:practice_id>/", practice.result, name="practice-result"),
    path("belajar/hasil/<uuid:practice_id>/saksi/", practice.sign_off, name="practice-sign-off"),
]
