from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from .views import roster, school, session

app_name = "accounts"

urlpatterns = [
    path("sign-in/", session.SignInView.as_view(), name="sign_in"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("language/", session.set_language, name="set_language"),
    path("join/", session.join, name="join"),
    path("me/", session.me, name="me"),
    # A class's people
    path("classes/<int:pk>/roster/", roster.roster, name="roster"),
    path("classes/<int:pk>/roster/add/", roster.add_students, name="add_students"),
    path("classes/<int:pk>/roster/slips/", roster.slips, name="slips"),
    path("classes/<int:pk>/roster/teacher/", roster.add_teacher, name="add_class_teacher"),
    path("classes/<int:pk>/roster/code/", roster.change_code, name="change_code"),
    path("classes/<int:pk>/roster/<int:member_pk>/password/", roster.reset_password, name="reset_password"),
    path("classes/<int:pk>/roster/<int:member_pk>/remove/", roster.remove_member, name="remove_member"),
    # The school
    path("school/", school.school, name="school"),
    path("school/settings/", school.settings, name="school_settings"),
    path("school/consent/", school.consent, name="consent"),
    path("school/staff/", school.staff, name="staff"),
    path("school/staff/slip/", school.staff_slip, name="staff_slip"),
    path("school/staff/<int:pk>/password/", school.staff_password, name="staff_password"),
    path("school/staff/<int:pk>/active/", school.staff_active, name="staff_active"),
]
