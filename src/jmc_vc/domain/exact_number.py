"""Numbers of the program texts and of results, compared and written as the decimals that people wrote.

JSON readers hand over int, float or Decimal; a float's shortest text is the decimal that stood in the file, so going
through the text makes 0.1 + 0.2 + 0.7 exactly 1.
"""

from decimal import Decimal

Number = int | float | Decimal


def exact(number: Number) -> Decimal:
    """The decimal that was written. Takes finite numbers only: the JSON reader has refused the others."""
    return number if isinstance(number, Decimal) else Decimal(str(number))


def written(number: Number) -> str:
    """The shortest plain text: 60, 1.3, never 60.0 or 6E+1."""
    text = format(exact(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(number: Number) -> int | float:
    """For JSON: an int where the value is whole. 2.0 and 2 canonicalize to different RDF literals in some readers."""
    value = exact(number)
    return int(value) if value == value.to_integral_value() else float(value)
