"""The table of sounds beside the stores, for all outputs: it depends on the program alone."""

from __future__ import annotations

from contextlib import suppress

from policysite.engine.fingerprint import program
from policysite.engine.quick import STORES
from policysite.engine.store import Damaged, seal_bytes, unseal_bytes
from policysite.files import replace_file
from policysite.model import sounds
from policysite.pool import apart

_PLACE = STORES / "sounds"


def remember_sounds() -> None:
    """Have characters read by the table, if this program made one and it is whole."""
    sounds.remember(_find)


def keep_sounds() -> None:
    """Make the table where there is none; pypinyin is loaded in a process that ends with that."""
    if _find() is None:
        with suppress(OSError):  # it only saves time
            apart(_keep)
        remember_sounds()


def _find() -> bytes | None:
    try:
        kept = _PLACE.read_bytes()
        maker = program()
        return unseal_bytes(kept[len(maker) :]) if kept.startswith(maker) else None
    except (OSError, Damaged):
        return None


def _keep() -> None:
    replace_file(_PLACE, [program(), seal_bytes(sounds.make_table())])
