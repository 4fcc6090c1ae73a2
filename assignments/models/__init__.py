from .appeal import Appeal
from .assignment import Assignment
from .endpoint import Endpoint, ImageModel, Limit, SchoolModel
from .generation import REFUSAL_STAGES, FairShare, Generation
from .ledger import ProviderCall, Spending
from .lesson import Lesson, RefusalPause
from .picture import HiddenPicture, Picture, PictureFile
from .policy import ClassPolicy, NamedPerson, TermEntry, TermList, TermListChange
from .rubric import Criterion
from .safety import SafetyNotice, SafetyWords

__all__ = [
    "REFUSAL_STAGES",
    "Appeal",
    "Assignment",
    "ClassPolicy",
    "Criterion",
    "Endpoint",
    "FairShare",
    "Generation",
    "HiddenPicture",
    "ImageModel",
    "Lesson",
    "Limit",
    "NamedPerson",
    "Picture",
    "PictureFile",
    "ProviderCall",
    "RefusalPause",
    "SafetyNotice",
    "SafetyWords",
    "SchoolModel",
    "Spending",
    "TermEntry",
    "TermList",
    "TermListChange",
]
