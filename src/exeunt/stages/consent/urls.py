"""The addresses of this stage."""

from django.urls import URLPattern, path

from exeunt.stages.consent.views import changing, intake, papers, reading

INTAKE = "consent/<str:ref>/intake/"

app_name = "consent"
urlpatterns: list[URLPattern] = [
    path("consent/", reading.narrators, name="narrators"),
    path("consent/ending/", reading.calendar, name="calendar"),
    path("consent/ending/dates.ics", reading.calendar_file, name="calendar-file"),
    path("consent/stop/", changing.stop, name="stop"),
    path("consent/<str:ref>/", reading.narrator, name="narrator"),
    path("consent/<str:ref>/record.jsonld", reading.export, name="export"),
    path("consent/<str:ref>/suspend/", changing.suspend, name="suspend"),
    path("consent/<str:ref>/withdraw/", changing.withdraw, name="withdraw"),
    path("consent/<str:ref>/renew/", changing.renew, name="renew"),
    path("consent/<str:ref>/narrow/", changing.narrow, name="narrow"),
    path("consent/<str:ref>/invalidate/", changing.invalidate, name="invalidate"),
    path("consent/<str:ref>/vouch/", changing.vouch, name="vouch"),
    path("consent/<str:ref>/papers/<str:form>/", papers.paper, name="paper"),
    path(INTAKE, intake.begin, name="intake"),
    path(f"{INTAKE}check/", intake.check, name="check"),
    path(f"{INTAKE}halt/", intake.halt, name="halt"),
    path(f"{INTAKE}over/<str:how>/", intake.over, name="over"),
    # Browsers print the address of a page in its margin, so this one tells nothing.
    path("slips/<str:ref>/", intake.slip, name="slip"),
    path(f"{INTAKE}<str:name>/", intake.question, name="question"),
]
