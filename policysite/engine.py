"""Runs Pelican for our own commands, with messages for people instead of tracebacks."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError
from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from policysite.gate import BrokenContent
from policysite.outputs.assets import UnknownAsset
from policysite.settings import SettingsError, SiteSettings


class CannotBuild(Exception):
    """The site could not be built; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which settings file, content and output a command works on; empty means as configured."""

    config: str = "pelicanconf.py"
    content: str = ""
    output: str = ""

    def settings(self) -> dict[str, object]:
        """Return Pelican's settings.

        Raises:
            CannotBuild: the file is missing or what it says is wrong.

        """
        path = Path(self.config)
        if not path.is_file():
            raise CannotBuild(f"找不到设置文件 {self.config}。")
        override = {"PATH": self.content, "OUTPUT_PATH": self.output}
        sys.path.insert(0, str(path.resolve().parent))
        try:
            settings = read_settings(
                self.config, {name: value for name, value in override.items() if value}
            )
        except SettingsError as error:
            lines = [
                f"{self.config} [S701] SITE 的 {n}：{why}。" for n, why in error.reasons.items()
            ]
            raise CannotBuild("\n".join(lines)) from None
        except SyntaxError as error:
            raise CannotBuild(
                f"{self.config}:{error.lineno} 写法不对，Python 读不出来。请检查这一行的引号、逗号和括号。"
            ) from None
        finally:
            sys.path.pop(0)
        if not isinstance(settings.get("SITE"), SiteSettings):
            raise CannotBuild(f"{self.config} 里没有 SITE = SiteSettings(…)。")
        return dict(settings)


def build(run: Run) -> None:
    """Build the site once.

    Raises:
        CannotBuild: nothing was published; everything wrong with the content has been shown.

    """
    logging.getLogger("pelican").setLevel(logging.WARNING)
    console.quiet = True  # Pelican's closing line is English; ours says the same in Chinese
    settings = run.settings()
    try:
        Pelican(settings).run()
    except BrokenContent as error:
        raise CannotBuild(str(error)) from None
    except TemplateError as error:
        place = f"{getattr(error, 'name', None) or '模板'}:{getattr(error, 'lineno', '?')}"
        raise CannotBuild(f"模板 {place} 有错：{error.message}") from error
    except UnknownAsset as error:
        raise CannotBuild(f"模板用了 theme/static 里没有的文件 {error.args[0]}。") from error
