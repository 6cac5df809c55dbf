"""The addresses of signing in; what allauth has beyond these does not exist here."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("passphrase/", account.password_change, name="account_change_password"),
    path("factors/", include("allauth.mfa.urls")),
]
