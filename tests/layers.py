"""Reads the import graph of a source tree and finds the arrows that point up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

# From the ground up: a module may import from its own layer's package and from every layer below it.
LAYERS = (
    {"fieldkit", "fieldkit.errors", "fieldkit.files"},
    {"fieldkit.model"},
    {"fieldkit.library", "fieldkit.record"},
    {"fieldkit.generator"},
    {"fieldkit.paper"},
    {"fieldkit.judging"},
    {"fieldkit.printing", "fieldkit.reports", "fieldkit.scan"},
    {"fieldkit.course"},
    {"fieldkit.steps"},
    {"fieldkit.cli", "fieldkit.phones"},
    {"fieldkit.__main__"},
)
# Each outside package is imported in the layers named for it, and nowhere else.
OUTSIDE = {
    "click": {"fieldkit.cli"},
    "tinydb": {"fieldkit.record"},
    "reportlab": {"fieldkit.paper", "fieldkit.printing", "fieldkit.reports"},
    "uharfbuzz": {"fieldkit.paper"},
    "qrcode": {"fieldkit.paper"},
    "pymupdf_fonts": {"fieldkit.paper"},
    "yaml": {"fieldkit.library"},
    "openpyxl": {"fieldkit.library"},
    "stdnum": {"fieldkit.generator"},
    "pyrage": {"fieldkit.record"},
    "cryptography": {"fieldkit.library"},
    "numpy": {"fieldkit.judging", "fieldkit.scan", "fieldkit.generator", "fieldkit.printing"},
    "scipy": {"fieldkit.judging"},
    "cv2": {"fieldkit.scan"},
    "zxingcpp": {"fieldkit.scan"},
    "pypdfium2": {"fieldkit.scan"},
    "PIL": {"fieldkit.scan", "fieldkit.printing"},
    "flask": {"fieldkit.phones"},
}
# Modules of the standard library that would bring a clock, files or chance into the model.
NOT_IN_MODEL = {"random", "time", "os", "pathlib", "io", "secrets", "tempfile"}


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every module of the package by its installed name, with its file."""
    for path in sorted([*(root / "fieldkit").rglob("*.py"), *(root / "cli").rglob("*.py")]):
        parts = list(path.relative_to(root).with_suffix("").parts)
        if parts[0] == "cli":
            parts.insert(0, "fieldkit")
        if parts[-1] == "__init__":
            parts.pop()
        yield ".".join(parts), path


def imports(name: str, path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in it, with the line."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            target = ".".join([*base, node.module] if node.module else base)
            yield target, node.lineno
            for alias in node.names:  # `from fieldkit import course` imports a module, too
                yield f"{target}.{alias.name}", node.lineno


def home(name: str) -> str:
    """The package of fieldkit that a module belongs to, such as `fieldkit.paper`."""
    return ".".join(name.split(".")[:2])


def level(name: str) -> int | None:
    """The layer of a package, counted from the ground; None where it is in no layer."""
    return next((n for n, layer in enumerate(LAYERS) if name in layer), None)


def broken(root: Path) -> list[str]:
    """Every import that breaks a rule, as `file:line: what`."""
    known = {name for name, _ in modules(root)}
    found = set()
    for name, path in modules(root):
        where = path.relative_to(root).as_posix()
        if level(home(name)) is None:
            found.add(f"{where}:1: {home(name)} is in no layer")
            continue
        found |= {
            f"{where}:{line}: {name} imports {to}" for to, line in imports(name, path) if not allowed(name, to, known)
        }
    return sorted(found)


def allowed(name: str, target: str, known: set[str]) -> bool:
    """Whether a module may import `target`."""
    top, own = target.split(".")[0], home(name)
    if own == "fieldkit.model" and (top in NOT_IN_MODEL or target == "fieldkit.files"):
        return False
    if top == "fieldkit":
        return target not in known or home(target) == own or _below(home(target), own)
    return own in OUTSIDE.get(top, {own})


def _below(lower: str, upper: str) -> bool:
    there, here = level(lower), level(upper)
    return there is not None and here is not None and (there < here or there == 0)
