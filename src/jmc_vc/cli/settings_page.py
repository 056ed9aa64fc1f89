"""The page docs/reference/settings.md, from the fields of the settings."""

from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from jmc_vc.settings import PREFIX, Settings, range_of, variable_of


def reference() -> str:
    """The page docs/reference/settings.md."""
    rows = [
        f"| `{variable_of(name)}` | {_default(field)} | {_bounds(field)}{field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "All settings are environment variables. They are read once, at the start; a variable that begins with",
            f"`{PREFIX}` and is not listed here stops the start, and an empty one counts as absent.",
            "",
            "| variable | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _bounds(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(field.annotation)) + ". "
    if field.annotation is int:
        least, most = range_of(field)
        return f"{least} to {most}. "
    return ""


def _default(field: FieldInfo) -> str:
    extra: Any = field.json_schema_extra
    if isinstance(extra, dict) and "default_text" in extra:
        return str(extra["default_text"])
    if field.default is PydanticUndefined:
        raise TypeError("a setting without a default")
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
