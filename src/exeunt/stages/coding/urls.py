"""The addresses of this stage."""

from django.urls import path

from exeunt.stages.coding.views import (
    codebooks,
    differences,
    drafts,
    finding,
    imports,
    rounds,
    sheets,
    stretches,
    texts,
)

app_name = "coding"
urlpatterns = [
    path("codebooks/", codebooks.codebooks, name="codebooks"),
    path("codebooks/ready/", codebooks.adopt, name="adopt"),
    path("codebooks/import/", codebooks.bring_in, name="import-codebook"),
    path("codebooks/import/<str:token>/", codebooks.check, name="check-codebook"),
    path("codebook/<str:codebook>/", codebooks.version, name="codebook"),
    path("codebook/<str:codebook>/compare/", codebooks.compare, name="compare"),
    path("codebook/<str:codebook>/file/<str:kind>/", codebooks.file, name="codebook-file"),
    path("codebook/<str:slug>/draft/", drafts.draft, name="draft"),
    path("codebook/<str:slug>/draft/begin/", drafts.begin, name="begin-draft"),
    path("codebook/<str:slug>/draft/add/", drafts.add, name="add-code"),
    path("codebook/<str:slug>/draft/code/<int:place>/", drafts.change, name="change-code"),
    path("codebook/<str:slug>/draft/move/", drafts.move, name="move-code"),
    path("codebook/<str:slug>/draft/remove/", drafts.remove, name="remove-code"),
    path("codebook/<str:slug>/draft/discard/", drafts.discard, name="discard-draft"),
    path("find/", finding.find, name="find"),
    path("find/keep/", finding.keep, name="keep-search"),
    path("find/<str:ref>/", finding.search, name="search"),
    path("find/<str:ref>/forget/", finding.forget, name="forget-search"),
    path("coding/", sheets.waiting, name="next"),
    path("coding/import/", imports.send, name="import"),
    path("coding/import/<str:codebook>/<str:token>/", imports.check, name="check-import"),
    path("coding/rounds/", rounds.rounds, name="rounds"),
    path("coding/rounds/new/<str:codebook>/", rounds.new, name="new-round"),
    path("coding/rounds/<str:ref>/", rounds.round_, name="round"),
    path("coding/rounds/<str:ref>/close/", rounds.close, name="close-round"),
    path("coding/rounds/<str:ref>/give/", rounds.give, name="give"),
    path("coding/rounds/<str:ref>/coder/<str:member>/", rounds.hand_on, name="hand-on"),
    path("coding/differences/", differences.differences, name="differences"),
    path("coding/stretches/", stretches.stretches, name="stretches"),
    path("coding/questions/", stretches.questions, name="questions"),
    path("coding/accounts/<str:ref>/", sheets.panel, name="panel"),
    path("coding/accounts/<str:ref>/code/", sheets.code, name="code"),
    path("coding/with/<str:codebook>/next/", sheets.following, name="following"),
    path("coding/with/<str:codebook>/propose/", texts.propose, name="propose"),
    path("coding/with/<str:codebook>/stretches/next/", stretches.following, name="next-stretch"),
    path("coding/with/<str:codebook>/<str:ref>/", sheets.sheet, name="sheet"),
    path("coding/with/<str:codebook>/<str:ref>/text/", texts.text, name="text"),
    path("coding/with/<str:codebook>/<str:ref>/plain/", texts.plain, name="plain"),
    path("coding/with/<str:codebook>/<str:ref>/marks/", texts.marks, name="marks"),
    path("coding/with/<str:codebook>/<str:ref>/act/", texts.act, name="act"),
    path("coding/with/<str:codebook>/<str:ref>/finish/", texts.finish, name="finish"),
    path("coding/with/<str:codebook>/<str:ref>/open/", sheets.reopen, name="reopen"),
    path(
        "coding/with/<str:codebook>/<str:ref>/compared/", differences.difference, name="difference"
    ),
    path(
        "coding/with/<str:codebook>/<str:ref>/compared/<int:place>/",
        differences.settle,
        name="settle",
    ),
    path(
        "coding/with/<str:codebook>/<str:ref>/stretches/<str:word>/",
        stretches.stretch,
        name="stretch",
    ),
    path(
        "coding/with/<str:codebook>/<str:ref>/stretches/<str:word>/reply/",
        stretches.reply,
        name="reply",
    ),
]
