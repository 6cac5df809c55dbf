"""Every address of the workbench; what is not here does not exist."""

from django.urls import include, path

from exeunt.web.views import home, looks, work

handler404 = "exeunt.web.views.refusals.not_there"

in_a_study = [
    path("", home.overview, name="overview"),
    path("work/<str:ref>/", work.work, name="work"),
]

urlpatterns = [
    path("", home.studies, name="home"),
    path("looks/", looks.choose, name="looks"),
    path("in/", include("exeunt.web.signing_in.urls")),
    path("studies/<str:study_ref>/", include(in_a_study)),
    path("studies/<str:study_ref>/", include("exeunt.studies.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.sources.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.testimonies.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.coding.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.findings.urls")),
]
