"""The way to live recording: what is done, what comes next; the lessons and the quiz."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dekat.accounts.roles import Role
from dekat.enrolment.practice import open_practices
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.press import press_id
from dekat.faces.station.learning.learner import learning_of
from dekat.kernel.ids import new_id
from dekat.training import lessons, services
from dekat.training import quiz as questions
from dekat.training.exercises import EXERCISES


@open_to(Role.OPERATOR)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Four steps with the next one in front, and the people to practise with."""
    actor = actor_of(request)
    learner = learning_of(request)
    opened = {one.exercise: one for one in open_practices(actor)}
    values = {
        "learner": learner,
        "lessons": [(one, one.id in learner.read) for one in lessons.lessons()],
        "next_lesson": next((one for one in lessons.lessons() if one.id not in learner.read), None),
        "exercises": [(one, opened.get(one.number)) for one in EXERCISES],
        "nav_active": "belajar",
    }
    return render(request, "station/learning/home.html", values)


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """One lesson; pressing "Sudah saya baca" leads to the next one, after the last to practice."""
    found = lessons.lesson(lesson_id)
    if found is None:
        raise Http404
    following = lessons.after(lesson_id)
    if request.method == "POST":
        services.note_lesson_read(lesson_id=lesson_id, actor=actor_of(request), now=now())
        return HttpResponseRedirect(reverse("lesson", args=[following.id]) if following else reverse("learning"))
    every = lessons.lessons()
    values = {"lesson": found, "number": every.index(found) + 1, "count": len(every), "following": following}
    values["picture"] = f"station/learning/{found.id}.svg"
    return render(request, "station/learning/lesson.html", {**values, "nav_active": "belajar"})


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def quiz(request: HttpRequest) -> HttpResponse:
    """Ten questions; afterwards what was wrong and why, and another try for who did not pass."""
    if request.method == "GET":
        try_id = new_id(now())
        values = {"try_id": try_id, "questions": questions.asked(str(try_id)), "nav_active": "belajar"}
        return render(request, "station/learning/quiz.html", values)
    done = services.answer_quiz(
        try_id=press_id(request, "try_id"), chosen=_chosen(request), actor=actor_of(request), now=now()
    )
    values = {
        "result": done,
        "mistakes": questions.mistakes(done.wrong),
        "learner": learning_of(request),
        "nav_active": "belajar",
    }
    return render(request, "station/learning/quiz_result.html", values)


def _chosen(request: HttpRequest) -> dict[int, int]:
    answers = {number: request.POST.get(f"q{number}", "") for number in range(len(questions.questions()))}
    return {number: int(text) for number, text in answers.items() if text.isascii() and text.isdigit()}
