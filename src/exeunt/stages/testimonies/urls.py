"""The addresses of this stage."""

from django.urls import URLPattern, path

from exeunt.stages.testimonies.views import accounts, care, importing, narrators

app_name = "testimonies"
urlpatterns: list[URLPattern] = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", accounts.add, name="add"),
    path("accounts/import/", importing.send, name="import"),
    path("accounts/import/<str:token>/", importing.look, name="preview"),
    path("accounts/<str:ref>/", accounts.account, name="account"),
    path("accounts/<str:ref>/hard/", care.hard, name="hard"),
    path("accounts/<str:ref>/edit/", accounts.edit, name="edit"),
    path("accounts/<str:ref>/narrator/", narrators.describe, name="narrator"),
    path("accounts/<str:ref>/spells/add/", narrators.add_spell, name="add_spell"),
    path("accounts/<str:ref>/spells/<str:spell>/", narrators.edit_spell, name="edit_spell"),
    path("care/", care.care, name="care"),
    path("care/limits/", care.terms, name="care-terms"),
    path("care/beat/", care.beat, name="beat"),
    path("care/further/", care.further, name="further"),
]
