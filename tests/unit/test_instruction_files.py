"""Pictures and videos of instructions: only what can be opened, small and short enough; differences and quizzes."""

import pytest

from dekat.duties.difference import Piece, side_by_side
from dekat.duties.files import NotAPicture, clean_picture
from dekat.duties.quiz import QuizQuestion, as_lines, parse_lines
from dekat.duties.video import LARGEST_BYTES, NotAVideo, read_video
from tests.make.instructions import mp4, picture, webm


@pytest.mark.parametrize("raw", [mp4(12), webm(12), webm(12, has_duration=False)])
def test_a_video_says_how_long_it_is(raw):
    assert read_video(raw).seconds == 12


@pytest.mark.parametrize(
    "raw",
    [mp4(91), mp4(0), mp4(handler=b"soun"), webm(91), mp4(more=bytes(LARGEST_BYTES)), b"", b"<html>", mp4()[:60],
     webm()[:50], b"\x1a\x45\xdf\xa3" + bytes(40)],
)  # fmt: skip
def test_what_is_no_short_video_is_refused(raw):
    with pytest.raises(NotAVideo):
        read_video(raw)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_a_small_jpeg(kind):
    content = clean_picture(picture(kind))

    assert content[:3] == b"\xff\xd8\xff" and len(content) <= 220_000


@pytest.mark.parametrize("raw", [b"", b"GIF89a", picture("PNG")[:2000], b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_refused(raw):
    with pytest.raises(NotAPicture):
        clean_picture(raw)


def test_two_texts_stand_side_by_side_with_the_changed_words_marked():
    same, changed, added = side_by_side("Buka\nTekan merah", "Buka\nTekan biru\nTutup")

    assert same.is_same
    assert changed.before == (Piece("Tekan "), Piece("merah", True))
    assert changed.after == (Piece("Tekan "), Piece("biru", True))
    assert (added.before, added.after) == ((), (Piece("Tutup", True),))


def test_a_quiz_survives_being_written_as_text():
    quiz = (QuizQuestion("Latar tahun ganjil?", ("Biru", "Merah"), 1),)

    assert parse_lines(as_lines(quiz)) == quiz
    assert parse_lines("Tanpa jawaban\n- satu\n- dua") == ()
