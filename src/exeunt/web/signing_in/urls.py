"""The addresses of signing in; what allauth has beyond these does not exist here."""

from django.urls import path

from exeunt.web.signing_in.views import entering, factors, passphrases

urlpatterns = [
    path("welcome/<str:token>/", passphrases.welcome, name="welcome"),
    path("login/", entering.SignIn.as_view(), name="account_login"),
    path("login/passkey/", entering.PasskeyAlone.as_view(), name="mfa_login_webauthn"),
    path("second/", entering.SecondFactor.as_view(), name="mfa_authenticate"),
    path("logout/", entering.SignOut.as_view(), name="account_logout"),
    path("again/", entering.PassphraseAgain.as_view(), name="account_reauthenticate"),
    path("again/code/", entering.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", entering.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("passphrase/", passphrases.passphrase, name="account_change_password"),
    path("factors/", factors.Factors.as_view(), name="mfa_index"),
    path("factors/passkeys/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "factors/passkeys/<int:pk>/name/", factors.RenamePasskey.as_view(), name="mfa_edit_webauthn"
    ),
    path(
        "factors/passkeys/<int:pk>/remove/",
        factors.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("factors/app/add/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("factors/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("factors/codes/", factors.codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", factors.RenewCodes.as_view(), name="mfa_generate_recovery_codes"),
]
