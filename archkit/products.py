"""A technology's name → how it is written, and where the ``diagrams`` package keeps its picture and class."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from archkit.suggest import distance


class Product(NamedTuple):
    """A technology that blueprints name.

    Attributes:
        title: How its makers write it.
        path: Its picture in the icon store, without ``.png``; empty where the store has none, or only one that is
            illegible when small (word marks, white or hair-thin lines).
        aliases: Other names for it.
    """

    title: str
    path: str
    aliases: tuple[str, ...]


_IGNORED: Final = str.maketrans("", "", " \t\n!\"$%'()*,-./:;<=>?@[\\]^_`{|}~")


def normal(name: str) -> str:
    """Return a name without the differences that people do not mean: case, spaces, punctuation (but for ``+ # &``)."""
    return name.lower().translate(_IGNORED)


def _load() -> dict[str, Product]:
    table = (Path(__file__).parent / "data" / "products.tsv").read_text("utf-8").splitlines()
    found: dict[str, Product] = {}
    for row in table[1:]:
        title, path, aliases = row.split("\t")
        product = Product(title, path, tuple(aliases.split(", ")) if aliases else ())
        for name in (title, *product.aliases):
            found[normal(name)] = product
    return found


_BY_NAME: Final = _load()

PRODUCTS: Final[dict[str, str]] = {name: f"{product.path}.png" for name, product in _BY_NAME.items() if product.path}
"""Normalised names and aliases of technologies with a picture → its path in the icon store."""

# Texts, not compiled: most blueprints need none of them, and compiling all would cost more than reading the table.
_SEPARATOR: Final = r"(\s*[,;/+()]\s*|\s+(?:on|and|or|with|in|over|via|for|by)\s+)"
_ADDRESS: Final = r"(?:diagrams\.)?([a-z0-9]+)\.([a-z0-9_]+)\.([A-Za-z0-9_-]+)"
_CLASS: Final = r'(?m)^class (\w+)\(.*\):\n +_icon = "([^"/\\]+\.png)"'
_ALIAS: Final = r"(?m)^(\w+) = (\w+)$"


_MAKERS: Final = {"aws": "AWS", "amazon": "Amazon", "gcp": "GCP", "google": "Google", "cloud": "Cloud",
                  "azure": "Azure", "microsoft": "Microsoft", "apache": "Apache", "nvidia": "NVIDIA"}  # fmt: skip
"""What may stand before the name of a technology → how it is written."""

_PARTS: Final = frozenset(
    (
        "atlas", "autopilot", "broker", "bucket", "cache", "cloud", "cluster", "connect", "cronjob", "database", "db",
        "deployment", "endpoint", "enterprise", "feature", "index", "ingress", "instance", "job", "managed", "operator",
        "pipeline", "pod", "queue", "serverless", "store", "streaming", "table", "topic", "worker",
    )
)  # fmt: skip
"""What may follow the name of a technology, as it names a part of it: not every word, for beam search is no Beam."""

_WORDS: Final = frozenset(
    (
        "ambassador", "android", "automl", "beam", "beats", "camel", "composer", "consul", "cosmos", "elastic", "flux",
        "forecast", "git", "glacier", "glue", "go", "gpu", "harbor", "helm", "java", "kms", "lambda", "net", "python",
        "r", "rabbit", "rust", "singer", "spring", "sql", "stitch", "storm", "swift", "teams", "tempo", "tpu",
        "transcribe", "translate", "waf", "windows", "yarn",
    )
)  # fmt: skip
"""Names of technologies that are common words or name a kind of thing: as an id, they rather mean that."""

_OTHERS: Final = frozenset(
    (
        "chrome", "chronos", "cognita", "compose", "container", "containers", "droid", "feather", "flash", "fluent",
        "linker", "locker", "mango", "mixtral", "openapi", "opencl", "perfect", "pilot", "pivot", "samba", "scalar",
        "scanner", "scrape", "shark", "shift", "slick", "snark", "spare", "sparc", "sprint", "stack", "store", "stride",
        "strip", "switch", "telegraf", "torchx",
    )
)  # fmt: skip
"""What is one letter from the name of a known technology and means something else."""

_SURE: Final = 5  # letters of a name from which one that is almost alike is hardly a name of its own

_VERSION: Final = r"v?\d[\w.]*"


@cache
def _package() -> Path | None:
    """Find the ``diagrams`` package without importing it, which would cost as much as a whole render."""
    spec = find_spec("diagrams")
    return Path(spec.origin).parent if spec and spec.origin else None


def store() -> Path | None:
    """Return the folder of product pictures that ``diagrams`` installs beside itself; None where it is missing."""
    package = _package()
    return package.parent / "resources" if package else None


@cache
def _classes(module: str) -> dict[str, tuple[str, str]]:
    """Map the names of one module's classes, and of their pictures, to (class, file), by reading its text.

    Args:
        module: As ``onprem/queue``; made of letters, digits and underscores.
    """
    package = _package()
    try:
        text = (package / f"{module}.py").read_text("utf-8") if package else ""
    except OSError:
        return {}
    files = dict(re.findall(_CLASS, text))
    aliases = [(alias, name) for alias, name in re.findall(_ALIAS, text) if name in files]
    found = {normal(file.removesuffix(".png")): (name, file) for name, file in files.items()}
    found |= {normal(name): (name, file) for name, file in files.items()}
    return found | {normal(alias): (alias, files[name]) for alias, name in aliases if normal(alias) not in found}


def _addressed(tech: str) -> tuple[str, str] | None:
    """Resolve a direct address as ``onprem.queue.kafka`` to its (module, key in the module's classes)."""
    match = re.fullmatch(_ADDRESS, tech.strip()) if "." in tech else None
    if match is None:
        return None
    provider, module, name = match.groups()
    where = f"{provider}/{module}"
    return (where, normal(name)) if normal(name) in _classes(where) else None


def _find(tech: str) -> Product | None:
    """Find the product that a name means; of several (``PyTorch on Ray``), the first with a picture, else the first."""
    whole = _whole(tech)
    if whole:
        return whole.product
    known = [found.product for part in re.split(_SEPARATOR, tech)[::2] if (found := _named(part))]
    return next((product for product in known if product.path), known[0] if known else None)


class _Named(NamedTuple):
    """A product, and how the text that names it is written."""

    product: Product
    title: str


def _whole(tech: str) -> _Named | None:
    """Find the product that a text names and nothing else, but perhaps its maker: ``google cloud pub/sub``."""
    words = tech.split()
    return _at(words, 0, len(words)) or _at(words, _makers(words), len(words))


def _named(tech: str) -> _Named | None:
    """Find the product that one name means, alone or with its maker, a part, a version or another product behind it.

    So ``aws rds postgres`` is RDS, ``postgres 16`` is PostgreSQL, and ``kubernetes cronjob`` is Kubernetes.
    """
    words = tech.split()
    for begin in dict.fromkeys((0, _makers(words))):
        for end in range(len(words), begin, -1):
            found = _at(words, begin, end)
            if found and all(map(_follows, words[end:])):
                return found
    return None


def _makers(words: list[str]) -> int:
    """Return how many words at the beginning name the maker of a technology."""
    return next((at for at, word in enumerate(words) if word.lower() not in _MAKERS), len(words))


def _at(words: list[str], begin: int, end: int) -> _Named | None:
    """Return the product that some of the words name, with the words around it in its title."""
    product = _BY_NAME.get(normal(" ".join(words[begin:end])))
    if product is None:
        return None
    before = [_MAKERS[word.lower()] for word in words[:begin]]
    behind = [known.title if (known := _BY_NAME.get(normal(word))) else word for word in words[end:]]
    return _Named(product, " ".join((*before, product.title, *behind)))


def _follows(word: str) -> bool:
    """Return whether a word may stand behind the name of a technology without making it another one."""
    return (
        not _PARTS.isdisjoint((word.lower(), word.lower().removesuffix("s")))
        or normal(word) in _BY_NAME
        or re.fullmatch(_VERSION, word) is not None
    )


def product_path(tech: str) -> str | None:
    """Return where the icon store keeps a technology's picture.

    Args:
        tech: A name in any spelling (``kafka``, ``Apache Kafka``), several of them (``PyTorch on Ray``), or a direct
            address of any picture of the store (``onprem.queue.kafka``, ``diagrams.aws.ml.Bedrock``).

    Returns:
        A path relative to the store, with forward slashes, or None where the technology is unknown or has no picture.
    """
    address = _addressed(tech)
    if address:
        module, key = address
        return f"{module}/{_classes(module)[key][1]}"
    product = _find(tech)
    return f"{product.path}.png" if product and product.path else None


def product_class(tech: str) -> str | None:
    """Return the dotted class of ``diagrams`` for a technology, as ``diagrams.onprem.queue.Kafka``, or None."""
    path = product_path(tech)
    if path is None:
        return None
    module, _, file = path.rpartition("/")
    entry = _classes(module).get(normal(file.removesuffix(".png")))
    return f"diagrams.{module.replace('/', '.')}.{entry[0]}" if entry else None


def product_title(tech: str) -> str:
    """Return a technology's name as its makers write it (``pytorch on ray`` → ``PyTorch on Ray``).

    Unknown names come back as they were written; of a direct address, the words of its last part.
    """
    whole = _whole(tech)
    if whole:
        return whole.title
    path = product_path(tech) if _addressed(tech) else None
    if path:
        stem = path.removesuffix(".png")
        titles = (product.title for product in _BY_NAME.values() if product.path == stem)
        return next(titles, stem.rpartition("/")[2].replace("-", " ").capitalize())
    pieces = re.split(_SEPARATOR, tech.strip())
    known = (_named(piece) if index % 2 == 0 else None for index, piece in enumerate(pieces))
    return "".join(found.title if found else piece for found, piece in zip(known, pieces, strict=True))


def product_of_id(id_: str) -> str:
    """Return the technology with a picture that the id of a component names (``kafka``, ``redis_cache``), or "".

    Ids are words of a language before they are names: what is a common word too (``forecast``, ``windows``), or would
    be a name only with its words together (``data_pipeline``), names none.
    """
    words = re.split("[_.-]", id_)
    rest = words[_makers(words) :] or words
    known = _BY_NAME.get(normal(rest[0]))
    sure = known is not None and known.path and normal(rest[0]) not in _WORDS and all(map(_follows, rest[1:]))
    return " ".join(words) if sure else ""


def misspelt(tech: str) -> tuple[str, str] | None:
    """Return (what is written, the known name that it surely is a slip of); None where a name may be right.

    A slip is one letter too many, too few or wrong, or two swapped, in a name of five letters or more that begins
    alike. Many technologies are not in the table, so anything that may be one of those is left alone.

    Args:
        tech: One name or several, as ``product_path`` takes them.
    """
    if _addressed(tech) or _whole(tech):
        return None
    for piece in re.split(_SEPARATOR, tech.strip())[::2]:
        words = piece.split()
        words = words[_makers(words) :]
        while len(words) > 1 and _follows(words[-1]):
            words.pop()
        written = " ".join(words)
        plain = normal(written)
        if len(plain) < _SURE or len(plain) > 60 or plain in _OTHERS or _named(piece):
            continue
        near = {name: product for name, product in _BY_NAME.items() if _slipped(plain, name)}
        if len(set(near.values())) == 1:
            product = next(iter(near.values()))
            meant = next(name for name in (product.title, *product.aliases) if normal(name) in near)
            return written, meant.lower() if written.islower() else meant
    return None


def _slipped(written: str, known: str) -> bool:
    """Return whether a name is a known one with one slip; a plural, or another number, is none."""
    begins = written[0] == known[0] or written[:2] == known[1::-1]
    shorter, longer = sorted((written, known), key=len)
    plural = f"{shorter}s" == longer and shorter[-1] != "s"
    if len(known) < _SURE or not begins or plural:
        return False
    return distance(written, known, 1) == 1 and re.findall("[0-9]", written) == re.findall("[0-9]", known)


def products() -> tuple[Product, ...]:
    """Return all known technologies, with and without a picture, in the order of the table."""
    return tuple(dict.fromkeys(_BY_NAME.values()))


def known_products() -> list[str]:
    """Return every accepted name in lower case, sorted, for "did you mean"."""
    return sorted({name.lower() for product in products() for name in (product.title, *product.aliases)})
