from django.urls import path

from leerkring.public import views

app_name = "public"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("demo/post/", views.demo_post, name="demo_post"),
    path("demo/als/<slug:role>/", views.enter_demo, name="enter_demo"),
]
