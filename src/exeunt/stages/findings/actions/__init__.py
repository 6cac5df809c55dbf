"""Answering questions and writing reports, and keeping what they said."""
