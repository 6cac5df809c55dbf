"""The addresses of this stage."""

from django.urls import URLPattern, path

from exeunt.stages.testimonies.views import (
    accounts,
    care,
    confirming,
    importing,
    narrators,
    texts,
)

app_name = "testimonies"
urlpatterns: list[URLPattern] = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", accounts.add, name="add"),
    path("accounts/import/", importing.send, name="import"),
    path("accounts/import/<str:token>/", importing.look, name="preview"),
    path("accounts/import-texts/", texts.send, name="import-texts"),
    path("accounts/import-texts/<str:job>/", texts.taken, name="texts-taken"),
    path("accounts/import-texts/<str:job>/table.csv", texts.taken_table, name="texts-table"),
    path("accounts/to-confirm/", texts.waiting, name="to-confirm"),
    path("accounts/<str:ref>/", accounts.account, name="account"),
    path("accounts/<str:ref>/confirm/", confirming.confirm, name="confirm"),
    path("accounts/<str:ref>/confirm/anew/", confirming.anew, name="read-anew"),
    path("accounts/<str:ref>/confirm/away/", confirming.away, name="throw-away"),
    path("accounts/<str:ref>/pages/<int:number>/", confirming.page, name="page"),
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
