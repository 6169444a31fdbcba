"""Models that read or write text and pictures → the parts of their networks: prompts, encoders, decoders, denoisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archkit.facts.words import mentions
from archkit.figures.common import short
from archkit.figures.layers import layers
from archkit.figures.outlets import outlets, result
from archkit.figures.stacks import Fork, Frame, Part, Series, Stage
from archkit.sentences import capital

if TYPE_CHECKING:
    from archkit.model.modelling import Model

_FIXED = ("not trained", "hosted", "frozen", "as it is", "off the shelf", "vendor")
_PASSAGES = ("passage", "passages", "document", "documents", "context", "chunk", "chunks", "retrieved")


def pairwise(model: Model, start: list[Stage]) -> Series:
    """Return a network that reads two things as one sequence, so that each word of one can attend to the other.

    Args:
        model: What is said about it.
        start: The inputs below the bar that joins them.
    """
    body = _own(model) or [reader(model)]
    return (*start, *body, *outlets(model, body))


def reader(model: Model) -> Part:
    """Return the network that reads two things as one sequence, as one box."""
    return _whole(model, "Transformer that reads both together")


def language(model: Model, boxes: list[Part], *, retrieves: bool) -> Series:
    """Return a language model above its prompt; where it retrieves and nobody names the passages, a retriever below.

    Args:
        model: What is said about it.
        boxes: Its inputs.
        retrieves: Whether its kind says that passages are looked up.
    """
    prompt = Part("Prompt", look="bar")
    told = " ".join(f"{box.title} {' '.join(box.lines)}" for box in boxes)
    body = _own(model) or [_whole(model, "Language model", named=not retrieves)]
    written = result(model) if model.output else "Next token, one after another"
    end = (Part(written, look="output", measure=24),)
    if retrieves and not mentions(told, *_PASSAGES):
        asked = boxes[0] if boxes else Part("Question", look="input", apart=True)
        found: Series = (Part("Retriever"), Part("Passages", look="bar"))
        return (asked, Fork((found, (Part("as it is", look="output"),)), 2.4), prompt, *body, *end)
    inputs = boxes or [Part("Input", look="input", apart=True)]
    start: list[Stage] = [Fork(tuple((box,) for box in inputs))] if len(inputs) > 1 else [inputs[0]]
    return (*start, prompt, *body, *end)


def translation(model: Model, boxes: list[Part]) -> Series:
    """Return an encoder beside the output so far, both below the decoder that writes the next symbol.

    Args:
        model: What is said about it; layers under ``encoder`` and ``decoder`` are drawn.
        boxes: Its inputs.
    """
    inputs = boxes or [Part("Input", look="input", apart=True)]
    encoder = _named(model, "encoder") or [Part(capital(model.backbone) or "Encoder")]
    decoder = [_attending(stage) for stage in _named(model, "decoder")]
    start: list[Stage] = [Fork(tuple((box,) for box in inputs))] if len(inputs) > 1 else [inputs[0]]
    so_far = (Part("Output so far", look="input", apart=True), Part("Vectors + positions"))
    meet = Part("Decoder", ("reads the encoder's output and what is written so far",), measure=24)
    ends: list[Stage] = [Part("Softmax over the next symbol", look="bar")]
    return (
        Fork(((*start, *encoder), so_far), 2.4),
        meet,
        *decoder,
        *ends,
        Part(result(model), look="output", measure=20),
    )


def _attending(stage: Stage) -> Stage:
    """Return a block of a decoder with its attention to the encoder, which those of encoders lack."""
    if (
        not isinstance(stage, Frame)
        or not isinstance(stage.series[0], Part)
        or stage.series[0].title != "Self-attention"
    ):
        return stage
    return Frame((stage.series[0], Part("Attention to the encoder"), *stage.series[1:]), stage.title, stage.times)


def diffusion(model: Model, boxes: list[Part]) -> Series:
    """Return a denoiser that is applied step after step to noise, guided by the vectors of a prompt.

    Rombach et al., High-Resolution Image Synthesis with Latent Diffusion Models (2022).

    Args:
        model: What is said about it; layers under ``encoder`` and ``decoder`` are drawn.
        boxes: Its inputs, of which the first guides it.
    """
    prompt = boxes or [Part("Prompt", look="input", glyph="prompt", apart=True)]
    frozen = any(mentions(part, "encoder") for part in model.frozen)
    encoder = _named(model, "encoder", "text") or [Part("Text encoder", frozen=frozen)]
    guide: Series = (*([Fork(tuple((box,) for box in prompt))] if len(prompt) > 1 else prompt), *encoder)
    latent = mentions(f"{model.kind} {model.note} {model.backbone}", "latent")
    noise: Series = (Part("Noise, then the result so far", look="vector", apart=True, measure=10),)
    step: Series = (Part("Step", look="input", apart=True),)
    many = f"{short(model.steps)} steps, each takes" if model.steps is not None else "step after step takes"
    times = f"{many} some noise away"
    known = model.backbone or next((name for name in ("U-Net", "DiT") if mentions(model.kind, name)), "")
    core = Part(capital(known) or "Denoiser", (times,), measure=24)
    decoder = _named(model, "decoder") or ([Part("Decoder", ("from latent to pixels",))] if latent else [])
    return (Fork((guide, noise, step), 1.8), core, *decoder, Part(result(model), look="output", measure=20))


def autoencoder(model: Model, boxes: list[Part]) -> Series:
    """Return an encoder to a short code, and a decoder back.

    Args:
        model: What is said about it; layers under ``encoder`` and ``decoder`` are drawn.
        boxes: Its inputs.
    """
    inputs = boxes or [Part("Input", look="input", apart=True)]
    start: list[Stage] = (
        [Fork(tuple((box,) for box in inputs)), Part("Concatenate", look="bar")] if len(inputs) > 1 else [inputs[0]]
    )
    size = (f"{short(model.embedding.dim)} numbers",) if model.embedding.dim is not None else ()
    encoder = _named(model, "encoder", "") or [Part("Encoder")]
    decoder = _named(model, "decoder") or [Part("Decoder")]
    code = Part("Code", size, look="vector")
    return (*start, *encoder, code, *decoder, Part("Rebuilt input", look="vector"), *_reading(model))


def _reading(model: Model) -> list[Stage]:
    return [Part(result(model), look="output", measure=20)] if model.output else []


def _named(model: Model, *names: str) -> list[Stage]:
    return next((layers(model.layers[name], model.kind) for name in names if name in model.layers), [])


def _own(model: Model) -> list[Stage]:
    return [stage for texts in model.layers.values() for stage in layers(texts, model.kind)]


def _whole(model: Model, otherwise: str, *, named: bool = True) -> Part:
    """Return a network as one box, with what is known about it."""
    name = model.backbone or (model.kind if named else "") or otherwise
    lines = []
    if model.parameters is not None:
        lines.append(f"{short(model.parameters)} parameters")
    if model.context_window is not None:
        lines.append(f"up to {short(model.context_window)} tokens")
    fixed = bool(mentions(model.kind, *_FIXED)) or any(mentions(part, "model", "backbone") for part in model.frozen)
    return Part(capital(name), tuple(lines), frozen=fixed, measure=24)
