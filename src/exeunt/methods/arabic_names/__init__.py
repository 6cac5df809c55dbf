"""Find known names of people in a text, however they are transliterated."""

from exeunt.methods.arabic_names.matching import KnownName, Matcher, NameFound
from exeunt.methods.arabic_names.pairs import SAME_NAME, same_name

__all__ = ["SAME_NAME", "KnownName", "Matcher", "NameFound", "same_name"]
