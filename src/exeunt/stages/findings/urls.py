"""The addresses of this stage."""

from django.urls import path

from exeunt.stages.findings.views import agreement, answers, figures, reports, searches

app_name = "findings"
urlpatterns = [
    path("findings/", answers.findings, name="findings"),
    path("findings/count/", answers.count, name="count"),
    path("findings/searches/", searches.searches, name="searches"),
    path("findings/searches/<str:ref>/count/", searches.count, name="count-search"),
    path("findings/answers/<str:ref>/", answers.answer, name="answer"),
    path("findings/answers/<str:ref>/figures.zip", figures.together, name="figures"),
    path("findings/answers/<str:ref>/figures/<str:figure>.svg", figures.drawing, name="drawing"),
    path("findings/answers/<str:ref>/figures/<str:figure>/", figures.figure, name="figure"),
    path(
        "findings/answers/<str:ref>/figures/<str:figure>/<str:kind>/",
        figures.file,
        name="figure-file",
    ),
    path("agreement/", agreement.agreement, name="agreement"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new, name="make-report"),
    path("reports/<str:ref>/", reports.report, name="report"),
    path("reports/<str:ref>/report.zip", reports.together, name="report-zip"),
    path("reports/<str:ref>/files/<path:part>", reports.file, name="report-file"),
]
