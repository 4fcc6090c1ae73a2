from django.contrib import admin
from django.urls import include, path

from edu4all.accounts.views.session import home
from edu4all.probes import PROBES
from edu4all.web.health import healthz, make_readyz

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", make_readyz(PROBES), name="readyz"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("edu4all.api_urls")),
    path("", include("edu4all.accounts.urls")),
    path("", include("assignments.urls")),
    path("", include("gallery.urls")),
]
