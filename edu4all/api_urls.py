"""The root of the REST API, version 1."""

from django.urls import include, path, re_path

from edu4all.web.api_docs import DocsView, SchemaView, UnknownView

app_name = "api"

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="api:schema"), name="docs"),
    path("", include("edu4all.accounts.api.urls")),
    path("", include("assignments.api.urls")),
    path("", include("gallery.api.urls")),
    # Programs get an answer that they can read, whatever they ask for.
    re_path(r"", UnknownView.as_view(), name="unknown"),
]
