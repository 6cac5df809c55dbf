"""The addresses of this stage."""

from django.urls import URLPattern

app_name = "testimonies"
urlpatterns: list[URLPattern] = []
