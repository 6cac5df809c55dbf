"""The addresses of this stage."""

from django.urls import URLPattern, path

from exeunt.stages.narrators import views

app_name = "narrators"
urlpatterns: list[URLPattern] = [
    path("holds/", views.holds, name="holds"),
    path("holds/place/", views.place, name="place-hold"),
    path("holds/<str:ref>/lift/", views.lift, name="lift-hold"),
]
