"""The addresses of the vault, and of a study's custodian's desk."""

from django.urls import path

from exeunt.web.custody.views import (
    custodians,
    desk,
    erasing,
    masking,
    people,
    signed,
    texts,
    vault,
)

IN_STUDY = "studies/<str:study_ref>/vault/"
NARRATOR = f"{IN_STUDY}narrators/<str:ref>/"
TEXT = f"{IN_STUDY}texts/<str:ref>/"

app_name = "custody"
urlpatterns = [
    path("vault/", vault.vault, name="vault"),
    path("vault/open/", vault.open_, name="open"),
    path("vault/shut/", vault.shut, name="shut"),
    path("vault/ledger/", vault.ledger, name="ledger"),
    path("vault/key/", custodians.prepare, name="prepare"),
    path("vault/custodians/<str:ref>/admit/", custodians.admit, name="admit"),
    path("vault/custodians/<str:ref>/remove/", custodians.remove, name="remove"),
    path(IN_STUDY, desk.desk, name="desk"),
    path(f"{IN_STUDY}narrators/register/", people.register, name="register"),
    path(NARRATOR, people.narrator, name="narrator"),
    path(f"{NARRATOR}contact/", people.contact, name="contact"),
    path(f"{NARRATOR}erase/", erasing.erase, name="erase"),
    path(f"{NARRATOR}ledger/", people.ledger, name="narrator-ledger"),
    path(f"{NARRATOR}records/<str:record>/", people.record, name="record"),
    path(f"{NARRATOR}papers/seal/", signed.seal, name="seal-form"),
    path(f"{NARRATOR}papers/<str:form>/", signed.scan, name="scan"),
    path(f"{IN_STUDY}texts/take-in/", texts.receive, name="receive"),
    path(TEXT, texts.text, name="text"),
    path(f"{TEXT}pages/<int:number>/", masking.page, name="page"),
    path(f"{TEXT}finish/", masking.finish, name="finish"),
    path(f"{TEXT}masks/<str:mask>/lift/", texts.lift, name="lift"),
]
