from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "leerkring.communities"
