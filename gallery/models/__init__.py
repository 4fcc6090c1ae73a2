from .exhibition import Exhibit, Exhibition, make_exhibition_key
from .grade import Grade, GradeChange, Score
from .review import Review
from .submission import Submission, SubmissionEvent, SubmissionPicture

__all__ = [
    "Exhibit",
    "Exhibition",
    "Grade",
    "GradeChange",
    "Review",
    "Score",
    "Submission",
    "SubmissionEvent",
    "SubmissionPicture",
    "make_exhibition_key",
]
