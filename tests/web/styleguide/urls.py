from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.web.styleguide import views


@login_not_required
def elsewhere(request: HttpRequest, **_: object) -> HttpResponse:
    """Stands for the product's pages, so that the frame's links resolve."""
    return HttpResponse(status=204)


def stand_ins(name: str, *pages: str) -> object:
    return path(f"{name}/", include(([path(f"{page}/", elsewhere, name=page) for page in pages], name)))


urlpatterns = [
    path("", views.style_page, {"page": "index"}, name="home"),
    path("page/<slug:page>/", views.style_page, name="style_page"),
    path("picture/<slug:name>.svg", views.sample_picture, name="sample_picture"),
    path("trouble/<slug:name>/", views.trouble_page, name="trouble_page"),
    stand_ins("assignments", "list", "classes"),
    stand_ins("gallery", "desk", "walls"),
    stand_ins("accounts", "school", "sign_in", "sign_out", "set_language", "me"),
    stand_ins("admin", "index"),
]
