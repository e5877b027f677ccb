"""Runs Pelican for our own commands, with messages for people instead of tracebacks."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from policysite.clock import build_time
from policysite.engine.door import Theme, build_site
from policysite.engine.look import plain_environment
from policysite.engine.looked import Disturbed
from policysite.engine.order import Order, Outcome
from policysite.engine.press import Overwritten
from policysite.engine.quick import NOT_SEEN, Note, Seen, digest_templates, read_note, take_note
from policysite.engine.store import Damaged, unseal
from policysite.engine.witness import Witness
from policysite.files import reason_of
from policysite.gate import BrokenContent
from policysite.outputs.assets import ORDER, NotUtf8, UnknownAsset, WrongOrder
from policysite.settings import SettingsError, SiteSettings
from policysite.writer import Busy


class CannotBuild(Exception):
    """The site could not be built; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which settings file, content and output a command works on; empty means as configured.

    `explain` is a file of the output of which to say why it was made. `needs_site` asks for the
    site itself, and not only for its files: see `policysite.engine.order`. `seen` is what a quick
    look found just now.
    """

    config: str = "pelicanconf.py"
    content: str = ""
    output: str = ""
    explain: str = ""
    needs_site: bool = True
    seen: Seen = NOT_SEEN

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
        from pelican.settings import read_settings

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


def build(run: Run) -> Outcome:
    """Bring the site up to date, and return what came of it.

    Pelican is loaded only where its settings are to be read anew: it takes longer to load than an
    edit to publish.

    Raises:
        CannotBuild: nothing was published; everything wrong with the content has been shown.

    """
    note = read_note(run.config, run.content, run.output)
    with _explaining():
        if note and note.site and note.templates == digest_templates(note.theme):
            return _build_by_note(note, run)
        return _build_by_pelican(run)


def _build_by_note(note: Note, run: Run) -> Outcome:
    theme = Path(note.theme)
    order = Order(
        Path(note.content),
        Path(note.output),
        build_time(),
        sys.stderr,
        run.explain,
        run.needs_site,
        run.seen,
    )
    outcome = build_site(
        order, Theme(theme, unseal(note.site or b""), partial(plain_environment, theme), {})
    )
    print(outcome.closing(), flush=True)  # noqa: T201 -- the one line for who started it
    return outcome


def _build_by_pelican(run: Run) -> Outcome:
    from policysite import pelican_inside
    from policysite.generators import EXPLAIN_KEY, OUTCOME_KEY, note_of

    with Witness() as witness:
        settings = run.settings()
    templates = digest_templates(str(settings["THEME"]))
    # Pelican's closing line is English; ours says the same in Chinese.
    left = pelican_inside.run({**settings, EXPLAIN_KEY: run.explain})
    outcome: Outcome = left[OUTCOME_KEY]
    if files := witness.files(Path(run.config)):
        take_note(run.config, run.content, run.output, note_of(left, files, templates))
    return outcome


@contextmanager
def _explaining() -> Iterator[None]:
    """Turn whatever stops a build into words for the person who started it."""
    try:
        yield
    except Busy:
        raise CannotBuild("另一个生成一直没有结束，请等它完成后重试。") from None
    except BrokenContent as error:
        raise CannotBuild(str(error)) from None
    except _OF_THEME as error:
        raise CannotBuild(_fault_of_theme(error)) from error
    except Disturbed as error:
        raise CannotBuild(f"{error} 一直在变，没有办法生成。请等它保存、复制完，再重试。") from None
    except Overwritten as error:
        raise CannotBuild(f"两个页面要写同一个文件：{error}") from error
    except Damaged as error:
        raise CannotBuild(
            "无法保存缓存（.cache/build）。请检查有没有权限、磁盘是否已满；都没有问题时，运行 python3 tasks.py clean 后重试。"
        ) from error
    except OSError as error:
        # Where the disk is full, the system does not say of which file.
        place = error.filename or "输出文件夹"
        raise CannotBuild(f"无法读写 {place}：{reason_of(error)}。解决以后再运行一次。") from error


_OF_THEME = (TemplateError, UnknownAsset, WrongOrder, NotUtf8)


def _fault_of_theme(error: Exception) -> str:
    match error:
        case TemplateNotFound():
            return f"主题里缺少模板：{error}"
        case TemplateError():
            return f"模板 {_place(error)} 有错：{error.message}"
        case UnknownAsset():
            return f"主题用了 theme/static 里没有的文件 {error.args[0]}。"
        case WrongOrder():
            return (
                f"theme/static/{error}/{ORDER} 要把这个文件夹里的 .js 文件各写一次，不多也不少；"
                f"旁边不能再有 {error}.js。"
            )
        case _:
            return f"{error} 不是 UTF-8 编码，请另存为 UTF-8。"


def _place(error: TemplateError) -> str:
    """Return the template's file and line; Jinja puts them on the stack of an error at run time."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    inner = next((f for f in reversed(frames) if f.filename.endswith(".html")), None)
    return f"{Path(inner.filename).name}:{inner.lineno}" if inner else ""
