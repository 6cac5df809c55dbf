"""The addresses of a study's own pages."""

from django.urls import path

from exeunt.web.study import ledger, members, protocol, withdrawing

app_name = "studies"
urlpatterns = [
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/<str:ref>/appoint/", members.appoint, name="appoint"),
    path("members/<str:ref>/dismiss/", members.dismiss, name="dismiss"),
    path("members/<str:ref>/link/", members.link, name="link"),
    path("protocol/", protocol.protocol, name="protocol"),
    path("protocol/agree/", protocol.agree, name="agree"),
    path("protocol/limits/", protocol.limits, name="limits"),
    path("consent/<str:ref>/touches/", withdrawing.touched, name="touches"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/witness.json", ledger.witness, name="witness"),
]
