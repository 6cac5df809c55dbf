"""What every page shows around its own content."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from exeunt.studies.models import Study
from exeunt.studies.queries import studies_of
from exeunt.version import __version__
from exeunt.web.looks import Looks, looks_of
from exeunt.web.stages import Place, StageLine, invented_in, places, stage_lines


class Language(NamedTuple):
    """A language in which the pages can be read."""

    code: str
    name: str
    current: bool


class Shell:
    """What the shell's templates ask for; each part is found out when it is asked for."""

    version = __version__

    def __init__(self, request: HttpRequest) -> None:
        """Take the request, of whomever and about whatever."""
        self._request = request
        self.member = getattr(request, "member", None)
        self.study: Study | None = getattr(request, "study", None)
        self.looks: Looks = looks_of(request)

    @property
    def studies(self) -> list[Study]:
        """The studies in which who asks has a role."""
        return studies_of(self.member) if self.member else []

    @property
    def stages(self) -> list[StageLine]:
        """The twelve stages in the order that a testimony moves, as far as this study goes."""
        return stage_lines(self._request) if self.study else []

    @property
    def places(self) -> list[Place]:
        """The pages beside the one that is open."""
        return places(self._request) if self.study else []

    @property
    def invented(self) -> bool:
        """Whether the study holds invented material, so that every page of it says so."""
        return self.study is not None and invented_in(self.study)

    @property
    def density(self) -> str:
        """How close the lines stand."""
        return self.looks.density

    @property
    def scheme(self) -> str:
        """Light, dark, or as the machine has it."""
        return self.looks.scheme

    @property
    def languages(self) -> list[Language]:
        """The languages to choose from, each in its own words."""
        return [
            Language(code, get_language_info(code)["name_local"], code == get_language())
            for code, _ in settings.LANGUAGES
        ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template the shell."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
