from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "edu4all.web"
    label = "web"
