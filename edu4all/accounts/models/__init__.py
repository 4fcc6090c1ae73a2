from .audit import AuditEvent
from .classroom import Classroom, Membership, make_class_code
from .school import School
from .sign_in import FailedSignIns
from .user import User

__all__ = ["AuditEvent", "Classroom", "FailedSignIns", "Membership", "School", "User", "make_class_code"]
