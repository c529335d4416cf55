from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "practice"
urlpatterns: list[object] = []
