"""Id → title: ``two_tower`` → "Two tower", ``llm_gateway`` → "LLM gateway"."""

from __future__ import annotations

from collections.abc import Sequence

_KEPT = (
    "A/B ACL AI AML ANN AP API APNs APR ASR AUC AWS BERT BLEU BM25 CDC CDN CER CI CLI CNN CPU CRM CSV CTC CTR CVR DAG "
    "DAU DB DCN DLQ DNN DNS DPO DSP ECE EER ETL F1 FCM FICO FID FM GBDT GCP GNN GPU gRPC GRU HDFS HNSW HPO HTML HTTP "
    "I/O ID iOS IoT IoU IP IVF JSON JWT KMS kNN KV KYC LDA LLM LM LoRA LPIPS LR LSH LSTM LTR MAE MAPE MASE MCP ML MLM "
    "MLP MMoE MMR MoE MRR MSE nDCG NER NLP NMS NSFW OCR OLAP OLTP OPA OTel PDF PII PQ PR PSI QA QPS RAG RAM ReLU REST "
    "RGB RL RLHF RMSE RNN ROC ROUGE RPC RTB S3 SDK SFT SGD SHAP SLA SLO SMS SNR SQL SSD SSO STT SVM TCP TLS TPU TTFT "
    "TTL TTS UI URL UX VAD VAE VPC WAPE WER XML "
    "BigQuery ClickHouse CockroachDB DuckDB DynamoDB FAISS FastAPI GitHub GitLab HBase InfluxDB LangChain LangGraph "
    "LightGBM LiteLLM MinIO MLflow MongoDB MySQL NATS ONNX OpenAI OpenSearch OpenTelemetry PyTorch RabbitMQ RocksDB "
    "SageMaker SNS SQLite SQS TensorFlow TensorRT vLLM WebRTC XGBoost "
)
_WORDS = {word.lower(): word for word in _KEPT.split()} | {"ab": "A/B", "io": "I/O", "cicd": "CI/CD", "wandb": "W&B"}

_BESIDE = (
    "iou iou50 iou75 over at of top k boxes small medium large objects rare classes macro micro weighted mean average "
    "avg overall offline test validation val holdout held out score the"
)
BESIDE_MAP = frozenset(_BESIDE.split())
"""Words beside which ``map`` is mean average precision, as in ``map_small_objects``, but not in ``heat_map``."""


def is_map(words: Sequence[str]) -> bool:
    """Return whether ``map`` among the words of a name is the metric: it has a cut-off, or stands beside no others."""
    others = {word for word in words if word != "map" and not word.isdecimal()}
    return any(word.startswith("map@") for word in words) or others <= BESIDE_MAP


def title_of(id_: str, metric: bool = True) -> str:
    """Return a readable title for an id: words apart, the first one capitalised, known acronyms kept.

    Args:
        id_: The id.
        metric: Whether it may be that of a metric, so that ``map`` alone is mAP.
    """
    words = id_.replace("_", " ").replace("-", " ").split()
    found = [_known(word) for word in words]
    if metric and "map" in id_.lower() and is_map([word.lower() for word in words]):
        found = ["mAP" + word[3:] if word.lower().partition("@")[0] == "map" else word for word in found]
    if found and found[0] == words[0] and found[0].islower():
        found[0] = found[0].capitalize()
    return " ".join(found) or id_


def inside(title: str) -> str:
    """Return a title as it stands inside a sentence: with a small letter, unless it begins with an acronym or a name.

    A word with a capital inside it is a name: "LambdaMART", "DeepFM".
    """
    first, _, _ = title.partition(" ")
    plain = (title[1:2].islower() and first[1:] == first[1:].lower()) or title[1:2] == " "
    return title[:1].lower() + title[1:] if plain else title


def _known(word: str) -> str:
    """Return a word as it is known, whatever cut-off it has: ``ndcg@10`` as "nDCG@10"."""
    name, at, cut = word.partition("@")
    return _WORDS.get(name.lower(), name) + at + cut
