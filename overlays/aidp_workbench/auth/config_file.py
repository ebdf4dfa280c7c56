"""Files in the format of `~/.oci/config`: sections of keys and values.

Source: https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdkconfig.htm
"""

from __future__ import annotations

import configparser
import re
from typing import TYPE_CHECKING

from ..errors import ConfigError
from .files import Secret, read_file
from .settings import Setting

if TYPE_CHECKING:
    import os

    from .settings import Layer

DEFAULT_SECTION = configparser.DEFAULTSECT


def read_config_file(path: str | os.PathLike[str]) -> dict[str, Layer]:
    """The sections by name, without what they inherit from `[DEFAULT]`.

    Raises OSError if there is no file that can be read, and ConfigError if it is damaged.
    """
    parsed = _parse(Secret(read_file(path)))
    if isinstance(parsed, str):
        raise ConfigError(f"{path}:{parsed}")
    return {
        name: {
            key: Setting(value.strip(), f"profile {name} of {path}", key)
            for key, value in parsed[name].items()
        }
        for name in parsed.sections()
    }


def _parse(file: Secret) -> configparser.ConfigParser | str:
    """The file, or a line number and what is wrong there.

    It raises nothing: tools that record errors would find whole lines in the frames.
    """
    # Without a default section the parser leaves [DEFAULT] out of the other sections.
    parser = configparser.ConfigParser(interpolation=None, default_section="")
    try:
        parser.read_string(file.content.decode())
    except configparser.DuplicateSectionError as error:
        return f"{error.lineno}: there is a second section [{error.section}]; remove one"
    except configparser.DuplicateOptionError as error:
        # A damaged file may have a line of a key where a name belongs.
        name = f"`{error.option}`" if re.fullmatch("[a-z_]{1,30}", error.option) else "a key"
        return f"{error.lineno}: {name} appears twice in [{error.section}]; remove one"
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next(iter(getattr(error, "errors", ())), (0,))[0]
        return f"{line}: not an OCI configuration file"
    except ValueError:
        return " not an OCI configuration file, as it is not UTF-8"
    return parser
