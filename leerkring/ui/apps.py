from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "leerkring.ui"
    label = "ui"
