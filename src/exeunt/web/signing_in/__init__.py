"""Signing in: passphrase and second factor, passkeys, one-time links."""
