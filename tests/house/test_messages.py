"""What the pages say is in the catalogues, whole and fresh; and nothing is said past them."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.house.source_files import ROOT, Module, module, modules
from tools import messages

PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*(?:[:!][^{}]*)?\}")
TOLD = re.compile(
    r"\{#.*?#\}|\{%\s*(comment|blocktranslate)\b.*?\{%\s*end\1\s*%\}|\{[%{].*?[%}]\}", re.DOTALL
)
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
SHOWN_IN_TAGS = re.compile(r"\b(?:aria-label|title|placeholder|alt|data-say)=[\"']([^\"']*)")
UNSPOKEN = re.compile(r"<(script|style|code|kbd|pre)\b.*?</\1>|&\w+;", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
FORMATS = {"CSV", "HTML", "PDF", "PNG", "QDC", "SVG", "Vega", "Lite", "YAML", "ZIP"}
NAMES = {"Exeunt", "AC", "SHA", "UTC", *FORMATS}
FOR_PEOPLE = {"label", "help_text", "empty_label", "initial_text", "legend"}

# Made of nothing but names of attributes.
ATTRIBUTES = messages.PACKAGE / "web" / "templates" / "allauth" / "attributes.html"
# These take no sentence of ours, or are said on the command line only.
SILENT = {"ArchiveRefusal", "BadInput", "NotOpenedError", "UnsaidError"}
TEMPLATES = [
    path for path in messages.speaking_files() if path.suffix == ".html" and path != ATTRIBUTES
]
MODULES = [found for found in modules("src") if ROOT / found.name in set(messages.speaking_files())]


def forms_of(message: Message) -> tuple[str, ...]:
    """Every form of a translation."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def misplaced(message: Message) -> list[str]:
    """The forms whose places are not those of the sentence; one and two may be said in a word."""
    wanted = set(PLACES.findall("".join(message.id)))
    counted = len(forms_of(message)) > 1
    return [
        form
        for number, form in enumerate(forms_of(message))
        if (found := set(PLACES.findall(form))) != wanted
        and not (counted and number < 3 and found < wanted)
    ]


def untold(text: str) -> list[str]:
    """The words of a template that stand outside every tag that translates."""
    bare = UNSPOKEN.sub(" ", TOLD.sub("·", text))
    shown = [TAG.sub(" ", bare), *SHOWN_IN_TAGS.findall(bare)]
    return [word for part in shown for word in LETTERS.findall(part) if word not in NAMES]


def unsayable(found: Module) -> list[str]:
    """The sentences of a module that are put together before anybody could translate them."""
    parts = [part for node in ast.walk(found.tree) for part in sentences_at(node)]
    return [f"{found.name}:{part.lineno} {ast.unparse(part)}" for part in parts]


def sentences_at(node: ast.AST) -> list[ast.expr]:
    """What is said here, and was not left whole; and what people see that was not marked."""
    if isinstance(node, ast.Assign):
        says = {getattr(target, "id", "") for target in node.targets} & {"says"}
        return [node.value] if says and is_joined(node.value) else []
    if not isinstance(node, ast.Call):
        return []
    shown = [word.value for word in node.keywords if word.arg in FOR_PEOPLE]
    bare = [part for part in shown if isinstance(getattr(part, "value", None), str)]
    return [part for part in messages.said_by(node) if is_joined(part)] + bare


def is_joined(part: ast.expr) -> bool:
    """Whether a sentence is put together in the code."""
    sides = (part.left, part.right) if isinstance(part, ast.BinOp) else ()
    return isinstance(part, ast.JoinedStr) or any(isinstance(side, ast.Constant) for side in sides)


def unheard(found: Module) -> list[str]:
    """The refusals of a module's own, whose sentences nobody would gather."""
    return [
        f"{found.name}: {node.name}"
        for node in ast.walk(found.tree)
        if isinstance(node, ast.ClassDef)
        and {getattr(base, "id", "") for base in node.bases} & set(messages.SAYING)
        and node.name not in {*messages.SAYING, *SILENT}
    ]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_catalogue_holds_what_the_sources_say_today(language):
    fresh = messages.as_po(messages.renewed(language))

    assert messages.po_of(language).read_bytes() == fresh, "run `make messages`"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_compiled_catalogue_is_what_its_source_makes(language):
    compiled = messages.po_of(language).with_suffix(".mo").read_bytes()

    assert compiled == messages.as_mo(messages.kept(language)), "run `make messages`"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_everything_is_translated_and_nothing_by_resemblance_only(language):
    assert [m.id for m in messages.untranslated(messages.kept(language))] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(language):
    wrong = {m.id: misplaced(m) for m in messages.kept(language) if m.id}

    assert {sentence: forms for sentence, forms in wrong.items() if forms} == {}


def test_no_template_says_anything_that_cannot_be_translated():
    found = {
        path.relative_to(ROOT).as_posix(): untold(path.read_text(encoding="utf-8"))
        for path in TEMPLATES
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_no_module_puts_a_sentence_together_before_it_can_be_translated():
    assert [said for found in MODULES for said in unsayable(found)] == []


def test_the_sentences_of_every_kind_of_refusal_are_gathered():
    assert [name for found in MODULES for name in unheard(found)] == []


def test_a_kind_of_refusal_that_is_not_gathered_is_found():
    assert unheard(module("m.py", "class TooLate(NotYet): ...")) == ["m.py: TooLate"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('_("Accounts")', [("Accounts", "", None)]),
        ('raise Refusal("No {what}.", what=x)', [("No {what}.", "", None)]),
        ('raise Changed("Saved " "since.", revision=2)', [("Saved since.", "", None)]),
        ('SAYS = "Later."\nraise errors.NotYet(SAYS)', [("Later.", "", None)]),
        ('says = "A {b}."\nsays = "C."\nSentence(says)', [("A {b}.", "", None), ("C.", "", None)]),
        ('_("Old" if old else "New")', [("Old", "", None), ("New", "", None)]),
        ('ngettext("one", "{n} many", n)', [("one", "{n} many", None)]),
        ('pgettext("month", "May")', [("May", "", "month")]),
        ('class Role(StrEnum):\n    """Roles."""\n    LEAD = "lead"', [("lead", "", None)]),
        ('f(Refusal("Inner."))', [("Inner.", "", None)]),
        ('self.problems.add("Bad.", row=3)', [("Bad.", "", None)]),
        ('raise refusal(name, "Worse.")', [("Worse.", "", None)]),
        ('seen.add("not said")', []),
        ('raise ValueError("not for people")', []),
        ('raise Refusal(f"No {what}.")', []),
    ],
)
def test_what_a_module_says_is_found(line, found):
    assert [tuple(said) for said in messages.said_in_python(line)] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{% translate "Accounts" %}', [("Accounts", "", None)]),
        ('{% translate "May" context "month" %}', [("May", "", "month")]),
        ('{{ label|default:_("Back") }}', [("Back", "", None)]),
        ('<p>\n    <b>\n  {% translate "Later" %}</b>\n', [("Later", "", None)]),
        ("{% blocktranslate trimmed %}\n  a\n  b\n{% endblocktranslate %}", [("a b", "", None)]),
        (
            "{% blocktranslate count n=n %}one{% plural %}{{ n }} many{% endblocktranslate %}",
            [("one", "%(n)s many", None)],
        ),
        (
            '{% blocktranslate with a=b context "c" %}{{ a }}{% endblocktranslate %}',
            [("%(a)s", "", "c")],
        ),
    ],
)
def test_what_a_template_says_is_found(line, found):
    assert [tuple(said) for said in messages.said_in_template(line)] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<p>Words</p>", ["Words"]),
        ('<a title="More words">{{ x }}</a>', ["More", "words"]),
        ('<p>{% translate "Words" %}</p>', []),
        ("{% blocktranslate with a=b %}Words {{ a }}{% endblocktranslate %}", []),
        ('<p class="words"><kbd>Esc</kbd> {{ words }}</p>', []),
        ("{# words #}<p>{% if words %}·{% endif %}</p>", []),
        ("{% comment %}words{% endcomment %}", []),
    ],
)
def test_a_word_outside_the_translating_tags_is_found(line, found):
    assert untold(line) == found


@pytest.mark.parametrize(
    "line",
    [
        'Refusal(f"No {x}.")',
        '_("No " + x)',
        'CharField(label="Name")',
        'NotYet("a" % b)',
        'says = f"No {x}."',
    ],
)
def test_a_sentence_put_together_too_early_is_found(line):
    assert len(unsayable(module("src/exeunt/web/forms.py", line))) == 1


def test_a_place_that_a_translation_forgot_is_found():
    plural = Message(("%(n)s day", "%(n)s days"), ("a", "b", "c", "%(n)s", "%(n)s", "d"))

    assert misplaced(plural) == ["d"]
    assert misplaced(Message("{a} and {b}", "{a}")) == ["{a}"]


def test_the_catalogues_are_found_where_django_looks(settings):
    found = [path / language for path in settings.LOCALE_PATHS for language in messages.LANGUAGES]

    assert [Path(path).is_dir() for path in found] == [True] * len(messages.LANGUAGES)
