"""What every page shows around its own content."""

from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from exeunt.studies.models import Study
from exeunt.studies.queries import studies_of
from exeunt.studies.roles import MAY, Act
from exeunt.version import __version__
from exeunt.web.looks import Looks, looks_of
from exeunt.web.stages import Counts, Place, StageLine, counts_of, places, stage_lines


class Language(NamedTuple):
    """A language in which the pages can be read."""

    code: str
    name: str
    current: bool


class StudyLink(NamedTuple):
    """A study, and where it is."""

    ref: str
    title: str
    url: str


class Shell:
    """What the shell's templates ask for; each part is found out when it is asked for."""

    version = __version__

    def __init__(self, request: HttpRequest) -> None:
        """Take the request, of whomever and about whatever."""
        self._request = request
        self.member = getattr(request, "member", None)
        self.looks: Looks = looks_of(request)
        self.home_url = reverse("home")
        self.studies_url = self.home_url
        self.sign_in_url = reverse(settings.LOGIN_URL)
        self.sign_out_url = reverse("account_logout")
        self.settings_url = reverse("mfa_index")
        self.vault_url = reverse("custody:vault")
        self.appearance_url = self.language_url = reverse("looks")

    @cached_property
    def study(self) -> StudyLink | None:
        """The study that is open."""
        study: Study | None = getattr(self._request, "study", None)
        return _link(study) if study else None

    @cached_property
    def studies(self) -> list[StudyLink]:
        """The studies in which who asks has a role."""
        return [_link(study) for study in studies_of(self.member)] if self.member else []

    @property
    def search_url(self) -> str:
        """Where accounts are searched, for those who may read them."""
        if self.study is None or MAY[Act.READ_ACCOUNTS].isdisjoint(self._request.roles):  # type: ignore[attr-defined]
            return ""
        return reverse("testimonies:accounts", kwargs={"study_ref": self.study.ref})

    @property
    def sought(self) -> str:
        """What was searched for."""
        return self._request.GET.get("q", "")

    @cached_property
    def counts(self) -> Counts:
        """What was counted of the study that is open, looked up once for the whole page."""
        return counts_of(self._request.study)  # type: ignore[attr-defined]

    @cached_property
    def stages(self) -> list[StageLine]:
        """The twelve stages in the order that a testimony moves, as far as this study goes."""
        return stage_lines(self._request, self.counts) if self.study else []

    @cached_property
    def places(self) -> list[Place]:
        """The pages beside the one that is open."""
        return places(self._request) if self.study else []

    @cached_property
    def invented(self) -> bool:
        """Whether the study holds invented material, so that every page of it says so."""
        return self.study is not None and self.counts.invented

    @property
    def density(self) -> str:
        """How close the lines stand."""
        return self.looks.density

    @property
    def scheme(self) -> str:
        """Light, dark, or as the machine has it."""
        return self.looks.scheme

    @cached_property
    def languages(self) -> list[Language]:
        """The languages to choose from, each in its own words."""
        return [
            Language(code, get_language_info(code)["name_local"], code == get_language())
            for code, _ in settings.LANGUAGES
        ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template the shell."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}


def _link(study: Study) -> StudyLink:
    return StudyLink(study.ref, study.title, reverse("overview", kwargs={"study_ref": study.ref}))
