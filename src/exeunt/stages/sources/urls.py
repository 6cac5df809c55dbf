"""The addresses of this stage."""

from django.urls import URLPattern, path

from exeunt.stages.sources import views

app_name = "sources"
urlpatterns: list[URLPattern] = [path("captures/<str:ref>/", views.capture, name="capture")]
