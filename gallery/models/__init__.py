from .comment import Comment
from .exhibition import Exhibit, Exhibition
from .grade import Grade, GradeChange, Score
from .review import Review
from .submission import Submission, SubmissionEvent, SubmissionPicture

__all__ = [
    "Comment",
    "Exhibit",
    "Exhibition",
    "Grade",
    "GradeChange",
    "Review",
    "Score",
    "Submission",
    "SubmissionEvent",
    "SubmissionPicture",
]
