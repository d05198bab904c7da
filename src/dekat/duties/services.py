"""The commands about instructions, questions and operators, by their public names."""

from dekat.duties.acknowledging import (
    VIDEO_KIND,
    QuizNotPassed,
    VersionPassed,
    acknowledge,
    keep_video,
    note_shown,
    receive_instruction,
)
from dekat.duties.asking import (
    ANSWER_FEED,
    FAQ_FEED,
    QUESTION_MESSAGE,
    QuestionEmpty,
    QuestionUnanswered,
    QuestionUnknown,
    answer_question,
    ask,
    publish_answer,
)
from dekat.duties.instructing import (
    INSTRUCTION_FEED,
    ChangeUntold,
    InstructionIncomplete,
    InstructionNotInForce,
    InstructionUnknown,
    Text,
    WithdrawalUnexplained,
    attach_file,
    detach_file,
    publish_instruction,
    reach_newcomers,
    withdraw_instruction,
    write_instruction,
)
from dekat.duties.operating import Proof, assign_operator, record_competence, release_operator

__all__ = [
    "ANSWER_FEED", "FAQ_FEED", "INSTRUCTION_FEED", "QUESTION_MESSAGE", "VIDEO_KIND", "ChangeUntold",
    "InstructionIncomplete", "InstructionNotInForce", "InstructionUnknown", "Proof", "QuestionEmpty",
    "QuestionUnanswered", "QuestionUnknown", "QuizNotPassed", "Text", "VersionPassed", "WithdrawalUnexplained",
    "acknowledge", "answer_question", "ask", "assign_operator", "attach_file", "detach_file", "keep_video",
    "note_shown", "publish_answer", "publish_instruction", "reach_newcomers", "receive_instruction",
    "record_competence", "release_operator", "withdraw_instruction", "write_instruction",
]  # fmt: skip
