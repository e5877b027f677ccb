"""Runs Pelican for our own commands, with messages for people instead of tracebacks."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from pelican import Pelican
from pelican.generators import PelicanTemplateNotFound
from pelican.log import console
from pelican.settings import read_settings
from pelican.writers import FileOverwriteFailedError

from policysite.gate import BrokenContent
from policysite.generators import SITE_KEY
from policysite.outputs.assets import UnknownAsset
from policysite.pages.site import Site
from policysite.settings import SettingsError, SiteSettings
from policysite.writer import Busy, alone


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
        given = {"PATH": self.content, "OUTPUT_PATH": self.output}
        # Pelican counts paths from the settings file; on a command line they count from here.
        override = {name: str(Path(value).absolute()) for name, value in given.items() if value}
        if self.content and not Path(self.content).is_dir():
            raise CannotBuild(f"找不到内容文件夹 {self.content}。")
        sys.path.insert(0, str(path.resolve().parent))
        try:
            settings = read_settings(self.config, override)
        except SettingsError as error:
            lines = [
                f"{self.config} [S701] SITE 的 {n}：{why}。" for n, why in error.reasons.items()
            ]
            raise CannotBuild("\n".join(lines)) from None
        except SyntaxError as error:
            raise CannotBuild(
                f"{self.config}:{error.lineno} 写法不对，Python 读不出来。请检查这一行的引号、逗号和括号。"
            ) from None
        except ValueError:
            raise CannotBuild(f"{self.config} 里的 PATH 不是一个文件夹。") from None
        finally:
            sys.path.pop(0)
        if not isinstance(settings.get("SITE"), SiteSettings):
            raise CannotBuild(f"{self.config} 里没有 SITE = SiteSettings(…)。")
        return dict(settings)


def build(run: Run) -> Site:
    """Build the site once, and return what its pages were made from.

    Raises:
        CannotBuild: nothing was published; everything wrong with the content has been shown.

    """
    logging.getLogger("pelican").setLevel(logging.WARNING)
    console.quiet = True  # Pelican's closing line is English; ours says the same in Chinese
    settings = run.settings()
    with _explaining():
        pelican = Pelican(settings)
        with alone(pelican.final_output):
            pelican.run()
    site: Site = pelican.settings[SITE_KEY]
    return site


@contextmanager
def _explaining() -> Iterator[None]:
    """Turn whatever stops a build into words for the person who started it."""
    try:
        yield
    except Busy:
        raise CannotBuild("另一个生成一直没有结束，请等它完成后重试。") from None
    except BrokenContent as error:
        raise CannotBuild(str(error)) from None
    except TemplateError as error:
        raise CannotBuild(f"模板 {_place(error)} 有错：{error.message}") from error
    except PelicanTemplateNotFound as error:
        raise CannotBuild(f"主题里缺少模板：{error}") from error
    except UnknownAsset as error:
        raise CannotBuild(f"模板用了 theme/static 里没有的文件 {error.args[0]}。") from error
    except FileOverwriteFailedError as error:
        raise CannotBuild(f"两个页面要写同一个文件：{error}") from error
    except OSError as error:
        raise CannotBuild(
            f"无法读写 {error.filename}（{error.strerror}）。请检查它是不是文件夹、有没有权限、磁盘是否已满。"
        ) from error


def _place(error: TemplateError) -> str:
    """Return the template's file and line; Jinja puts them on the stack of an error at run time."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    inner = next((f for f in reversed(frames) if f.filename.endswith(".html")), None)
    return f"{Path(inner.filename).name}:{inner.lineno}" if inner else ""
