"""The addresses of this stage."""

from django.urls import URLPattern

app_name = "coding"
urlpatterns: list[URLPattern] = []
