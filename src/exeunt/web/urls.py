"""Every address of the workbench; what is not here does not exist."""

from django.urls import include, path

from exeunt.web.views import home, looks, work

handler400 = "exeunt.web.views.refusals.not_understood"
handler403 = "exeunt.web.views.refusals.not_yours"
handler404 = "exeunt.web.views.refusals.not_there"
handler500 = "exeunt.web.views.refusals.broken"
handler429 = "exeunt.web.signing_in.views.entering.too_many"

in_a_study = [
    path("", home.overview, name="overview"),
    path("work/<str:ref>/", work.work, name="work"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("studies/", home.studies, name="studies"),
    path("studies/begin/", home.begin, name="begin"),
    path("looks/", looks.choose, name="looks"),
    path("in/", include("exeunt.web.signing_in.urls")),
    path("", include("exeunt.web.custody.urls")),
    path("studies/<str:study_ref>/", include(in_a_study)),
    path("studies/<str:study_ref>/", include("exeunt.web.study.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.sources.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.narrators.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.consent.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.testimonies.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.coding.urls")),
    path("studies/<str:study_ref>/", include("exeunt.stages.findings.urls")),
]
