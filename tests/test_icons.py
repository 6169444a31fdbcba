"""Glyphs are one set, drawn alike; every product's picture exists and can be seen."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from functools import cache
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pixels import Pixels, rasterise

from archkit import icons, products
from archkit.catalog import TYPES
from archkit.icons import GLYPH_SIZE, GLYPH_STROKE, GLYPHS, PRODUCTS, glyph, product_png
from archkit.products import known_products, misspelt, normal, product_class, product_of_id, product_path, product_title

SCALE = 3  # pixels a unit of the glyphs' grid
WITH_PICTURE = [product for product in products.products() if product.path]


@cache
def drawn(name: str) -> Pixels:
    side = GLYPH_SIZE * SCALE
    return rasterise(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 24 24" fill="none" '
        f'stroke="#000" stroke-width="{GLYPH_STROKE}" stroke-linecap="round" stroke-linejoin="round">'
        f"{glyph(name)}</svg>"
    )


def bounds(ink: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in ink], [y for _, y in ink]
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


@pytest.mark.parametrize("name", GLYPHS)
def test_glyph_is_strokes_without_colour_or_size_of_its_own(name: str) -> None:
    allowed = {
        "path": {"d", "stroke-width", "stroke-dasharray"},
        "circle": {"cx", "cy", "r"},
        "ellipse": {"cx", "cy", "rx", "ry"},
        "rect": {"x", "y", "width", "height", "rx"},
    }
    elements = list(ET.fromstring(f"<g>{GLYPHS[name]}</g>"))
    assert elements
    for element in elements:
        assert set(element.attrib) <= allowed[element.tag]
        assert not list(element)
        # A stroke of another width is a dot: nothing but points.
        assert "stroke-width" not in element.attrib or set(element.attrib["d"]) <= set("M h0123456789.-")


@pytest.mark.parametrize("name", GLYPHS)
def test_glyph_fills_its_square_and_keeps_a_margin(name: str) -> None:
    left, top, right, bottom = (value / SCALE for value in bounds(drawn(name).ink()))
    assert min(left, top) >= 1.9 and max(right, bottom) <= GLYPH_SIZE - 1.9
    assert max(right - left, bottom - top) >= 16
    assert abs((left + right) / 2 - 12) <= 1.25 and abs((top + bottom) / 2 - 12) <= 1.25


@pytest.mark.parametrize("name", GLYPHS)
def test_glyphs_have_about_the_same_weight(name: str) -> None:
    share = len(drawn(name).ink()) / (GLYPH_SIZE * SCALE) ** 2
    low = 0.06 if name in {"check", "hide"} else 0.1
    assert low <= share <= 0.32


def test_glyphs_differ_visibly() -> None:
    masks = {name: frozenset(drawn(name).ink()) for name in GLYPHS}
    names = list(masks)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            same = len(masks[one] & masks[other]) / len(masks[one] | masks[other])
            assert same < 0.9, (one, other, same)


def test_every_type_has_a_glyph_of_its_own() -> None:
    assert len({kind.glyph for kind in TYPES.values()}) == len(TYPES) >= 55


def test_unknown_glyph_is_an_error() -> None:
    with pytest.raises(KeyError):
        glyph("no-such-glyph")


@pytest.mark.parametrize("product", WITH_PICTURE, ids=lambda product: product.title)
def test_picture_and_class_of_each_product_exist(product: products.Product) -> None:
    store = products.store()
    assert store is not None
    assert (store / f"{product.path}.png").is_file()
    module, _, name = (product_class(product.title) or "").rpartition(".")
    assert getattr(import_module(module), name)._icon == f"{product.path.rpartition('/')[2]}.png"


@pytest.mark.parametrize("product", WITH_PICTURE, ids=lambda product: product.title)
def test_picture_is_visible_on_white_and_not_a_ribbon(product: products.Product) -> None:
    picture = product_png(product.title)
    assert picture is not None and picture.startswith(b"\x89PNG") and len(picture) <= 40_000
    side = 32
    pixels = rasterise(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}"><image width="{side}" height="{side}" '
        f'href="data:image/png;base64,{b64encode(picture).decode()}"/></svg>'
    )
    seen = [at for at in pixels.ink(60) if min(pixels.on_white(*at)) < 200]
    assert len(seen) >= 0.07 * side * side, "too faint"
    left, top, right, bottom = bounds(seen)
    assert 1 / 2.5 <= (right - left) / (bottom - top) <= 2.5, "too long"
    assert max(right - left, bottom - top) >= 0.5 * side, "too small"


def test_large_pictures_are_reduced_and_the_same_each_time() -> None:
    original = (products.store() or sys.exit()) / "onprem" / "analytics" / "flink.png"
    picture = product_png("flink")
    assert picture is not None and len(picture) < original.stat().st_size / 4
    code = "import hashlib, archkit.icons as i; print(hashlib.sha256(i.product_png('flink')).hexdigest())"
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("tech", "path"),
    [
        ("kafka", "onprem/queue/kafka.png"),
        ("Apache Kafka", "onprem/queue/kafka.png"),
        ("S3", "aws/storage/simple-storage-service-s3.png"),
        ("kinesis data firehose", "aws/analytics/kinesis-data-firehose.png"),
        ("Pub/Sub", "gcp/analytics/pubsub.png"),
        ("feast (redis)", "onprem/inmemory/redis.png"),
        ("Spark on Kubernetes", "onprem/analytics/spark.png"),
        ("aws aurora", "aws/database/aurora.png"),
        ("aws elasticache for redis", "aws/database/elasticache.png"),
        ("Google Cloud Pub/Sub", "gcp/analytics/pubsub.png"),
        ("postgres 16", "onprem/database/postgresql.png"),
        ("kafka 3.7 on kubernetes", "onprem/queue/kafka.png"),
        ("kubernetes cronjob", "k8s/controlplane/api.png"),
        ("sagemaker feature store", "aws/ml/sagemaker.png"),
        ("Flink SQL", "onprem/analytics/flink.png"),
        ("beam search", None),  # no Apache Beam
        ("lambda architecture", None),
        ("R model", None),
        ("aws", None),
        ("onprem.queue.kafka", "onprem/queue/kafka.png"),
        ("diagrams.onprem.queue.Kafka", "onprem/queue/kafka.png"),
        ("diagrams.onprem.queue.RabbitMQ", "onprem/queue/rabbitmq.png"),
        ("aws.ml.sagemaker-training-job", "aws/ml/sagemaker-training-job.png"),
        ("aws.ml.sagemaker_training_job", "aws/ml/sagemaker-training-job.png"),
        ("onprem.mlops.mlflow", "onprem/mlops/mlflow.png"),
        ("mlflow", None),  # a word mark: illegible when small, so only by its address
        ("faiss", None),
        ("onprem.queue.nothing", None),
        ("nowhere.queue.kafka", None),
        ("...", None),
        ("", None),
    ],
)
def test_product_path(tech: str, path: str | None) -> None:
    assert product_path(tech) == path
    assert (product_png(tech) is None) == (path is None)


@pytest.mark.parametrize(
    ("tech", "title"),
    [
        ("pytorch", "PyTorch"),
        ("MLFLOW", "MLflow"),
        ("faiss", "FAISS"),
        ("apache kafka", "Kafka"),
        ("scikit learn", "scikit-learn"),
        ("pytorch on ray", "PyTorch on Ray"),
        ("feast (redis)", "Feast (Redis)"),
        ("spark, flink", "Spark, Flink"),
        ("aws neptune", "AWS Neptune"),
        ("google cloud bigquery", "Google Cloud BigQuery"),
        ("postgres 16", "PostgreSQL 16"),
        ("nvidia triton 24.05", "Triton 24.05"),
        ("vllm endpoint (kubernetes)", "vLLM endpoint (Kubernetes)"),
        ("elasticache for redis", "ElastiCache for Redis"),
        ("jupyterhub", "Jupyter"),
        ("beam search", "beam search"),
        ("onprem.queue.kafka", "Kafka"),
        ("aws.ml.deepracer", "Deepracer"),
        ("our own thing", "our own thing"),
        ("C++", "C++"),
    ],
)
def test_product_title(tech: str, title: str) -> None:
    assert product_title(tech) == title


@pytest.mark.parametrize(
    ("tech", "slip"),
    [
        ("kafak", ("kafak", "kafka")),
        ("akfka", ("akfka", "kafka")),
        ("Rediss", ("Rediss", "Redis")),
        ("postgers 16", ("postgers", "postgres")),
        ("aws sagemker endpoint", ("sagemker", "sagemaker")),
        ("pytroch on ray", ("pytroch", "pytorch")),
        ("ray, elasticsaerch", ("elasticsaerch", "elasticsearch")),
        ("tensorflwo serving", ("tensorflwo serving", "tensorflow serving")),
        ("raay", None),  # short: it may be anything
        ("window", None),
        ("transformer", None),
        ("route 54", None),
        ("onprem.queue.kafka", None),
    ],
)
def test_a_misspelt_technology_is_recognised(tech: str, slip: tuple[str, str] | None) -> None:
    assert misspelt(tech) == slip


def test_no_technology_is_taken_for_a_slip_of_another() -> None:
    """All that are known, with their other names, and hundreds that are not."""
    others = (Path(__file__).parent / "data" / "technologies.txt").read_text("utf-8").splitlines()
    assert len(others) > 300 and sum(product_title(name) == name for name in others) > 300
    assert [name for name in (*known_products(), *others) if misspelt(name)] == []


@pytest.mark.parametrize(
    ("id_", "tech"),
    [
        ("kafka", "kafka"),
        ("redis_cache", "redis cache"),
        ("aws_kinesis", "aws kinesis"),
        ("s3-bucket", "s3 bucket"),
        ("k8s", "k8s"),
        ("kafka_consumer", ""),  # reads from it, and is not it
        ("forecast", ""),
        ("windows", ""),
        ("data_pipeline", ""),
        ("faiss", ""),  # no picture
        ("amazon", ""),
    ],
)
def test_ids_that_name_a_technology(id_: str, tech: str) -> None:
    assert product_of_id(id_) == tech


@pytest.mark.parametrize(
    ("tech", "dotted"),
    [
        ("kafka", "diagrams.onprem.queue.Kafka"),
        ("s3", "diagrams.aws.storage.SimpleStorageServiceS3"),
        ("aws.ml.bedrock", "diagrams.aws.ml.Bedrock"),
        ("faiss", None),
    ],
)
def test_product_class(tech: str, dotted: str | None) -> None:
    assert product_class(tech) == dotted


@given(st.text(max_size=30) | st.from_regex(r"\A[a-z.]{0,6}\.[a-z_./]{0,6}\.[A-Za-z-]{0,6}\Z"))
def test_any_text_is_taken_and_never_leaves_the_store(tech: str) -> None:
    path = product_path(tech)
    assert path is None or (".." not in path and not path.startswith("/"))
    assert isinstance(product_title(tech), str)


@pytest.mark.parametrize("tech", ["onprem/queue.kafka", "../diagrams.onprem.queue", "onprem.queue/../queue.kafka"])
def test_addresses_are_not_file_paths(tech: str) -> None:
    assert product_path(tech) in (None, "onprem/queue/kafka.png")
    assert products._addressed(tech) is None


def test_names_are_unambiguous() -> None:
    owner: dict[str, str] = {}
    for product in products.products():
        for name in {normal(name) for name in (product.title, *product.aliases)}:
            assert owner.setdefault(name, product.title) == product.title


def test_known_products_are_all_accepted() -> None:
    names = known_products()
    assert names == sorted(set(names)) and {"kafka", "pytorch", "apache spark", "faiss"} <= set(names)
    titles = {product.title for product in products.products()}
    assert all(product_title(name) in titles for name in names)


def test_products_table_is_what_product_path_says() -> None:
    assert len(PRODUCTS) > 300
    assert all(product_path(name) == path for name, path in PRODUCTS.items())


def test_without_the_diagrams_package_glyphs_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icons, "store", lambda: None)
    product_png.cache_clear()
    try:
        assert product_png("kafka") is None
    finally:
        product_png.cache_clear()


def test_looking_icons_up_imports_no_diagrams() -> None:
    code = "import sys, archkit.icons as i; i.product_png('onprem.queue.kafka'); print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"diagrams", "jinja2", "yaml", "graphviz"} & set(out)
