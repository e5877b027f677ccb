"""What is wrong with the content: one value type for every check, audit and refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from policysite.lint.personal_data import mask
from policysite.messages import MESSAGES


class Level(StrEnum):
    """How much a problem weighs: an error stops the build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding at one place.

    `line` and `column` count characters from 1; line 0 means the file as a whole. `end_column` is
    the column behind the last character that is wrong, 0 where that is not known. `fix` is what
    belongs between `column` and it instead, where no one needs to think about it. `missing` is what
    was looked for in vain.
    """

    path: str
    line: int
    column: int
    code: str
    text: str
    level: Level
    end_column: int = field(default=0, compare=False)
    fix: str | None = field(default=None, compare=False)
    missing: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the form that editors, pre-commit and CI read."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place} [{self.code}] {self.text}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the JSON form."""
        return {name: value for name, value in asdict(self).items() if name != "missing"}


def problem(code: str, path: str, /, line: int = 0, column: int = 1, **values: object) -> Problem:
    """Make the problem `code` with its Chinese text filled in, personal data masked.

    Raises:
        KeyError: the code or one of its values is not in `messages.MESSAGES`.

    """
    message = MESSAGES[code]
    text = mask(message.text.format_map(values))
    missing = mask(str(values.get("missing", "")))
    return Problem(path, line, column, code, text, Level(message.level), missing=missing)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return only the problems that stop a build."""
    return [found for found in problems if found.level is Level.ERROR]
