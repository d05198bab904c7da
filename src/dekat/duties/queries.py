"""Questions to duties; what machines and people said comes from the log."""

from dekat.duties.answering import answer, answers, evidence, from_log, marks
from dekat.duties.asked import PublicAnswerCard, QuestionCard, public_answers, question, questions
from dekat.duties.instructed import (
    InstructionCard,
    Issued,
    Receipt,
    all_receipts,
    in_force,
    instruction,
    instruction_file,
    instructions,
    is_acknowledged,
    issued,
    receipts,
    unread,
    version,
    versions,
)
from dekat.duties.operating import all_operators, operators

__all__ = [
    "InstructionCard", "Issued", "PublicAnswerCard", "QuestionCard", "Receipt", "all_operators",
    "all_receipts", "answer", "answers", "evidence", "from_log", "in_force", "instruction", "instruction_file",
    "instructions", "is_acknowledged", "issued", "marks", "operators", "public_answers", "question",
    "questions", "receipts", "unread", "version", "versions",
]  # fmt: skip
