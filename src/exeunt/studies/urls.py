"""The addresses of a study's own pages."""

from django.urls import URLPattern

app_name = "studies"
urlpatterns: list[URLPattern] = []
