"""Edits of any layer, ``dZ[layer] @ A[layer - 1].T``, spelled as code in which every layer is written out."""

import re
from textwrap import dedent


def spelled_out(text: str, n_layers: int) -> str:
    """Spell known mistakes for a pass whose layers are written out.

    Parameters
    ----------
    text : str
        In the notation of `known_mistakes`, with dZ[layer], A[layer - 1], W[L], A[0]. Every pair of - and +
        stands for one pair in each layer it concerns; a mistake with {layer} in its name for one in each.
    n_layers : int
        Number of layers.

    Returns
    -------
    str
        The same with dZ2, A1, W3, X.
    """
    blocks = []
    for block in re.split(r"\s*\n(?=\S)", dedent(text).strip()):
        if "{layer}" in block:
            blocks += [_of_layer(block, layer, n_layers) for layer in _layers(block, n_layers)]
        else:
            blocks.append(_of_all_layers(block, n_layers))
    return "\n".join(blocks)


def _layers(fragment: str, n_layers: int) -> range:
    """Layers in which a fragment makes sense: there is no dA of the output, and no Z of the inputs."""
    hidden = "dA[layer]" in fragment or "[layer + 1]" in fragment
    return range(2 if " Z[layer - 1]" in fragment else 1, n_layers + (not hidden))


def _of_layer(text: str, layer: int, n_layers: int) -> str:
    index = {"0": 0, "L": n_layers, "layer": layer, "layer - 1": layer - 1, "layer + 1": layer + 1}

    def name(match: re.Match[str]) -> str:
        letter, number = match[1], index[match[2]]
        return "X" if (letter, number) == ("A", 0) else f"{letter}{number}"

    return re.sub(r"\b(d?[AWZb])\[(0|L|layer(?: [+-] 1)?)\]", name, text).replace("{layer}", str(layer))


def _of_all_layers(block: str, n_layers: int) -> str:
    """A mistake in which each pair of - and + stands once for each layer it concerns."""
    head, pairs, before = [], [], ""
    for line in block.split("\n"):
        sign = line.strip()[:2]
        if sign == "- " and before != "- ":
            pairs.append("")
        if pairs:
            pairs[-1] += f"{line}\n"
        else:
            head.append(line)
        before = sign
    spelled = "".join(
        _of_layer(pair, layer, n_layers)
        for pair in pairs
        for layer in (_layers(pair, n_layers) if "[layer" in pair else [0])
    )
    return "\n".join([*head, spelled.rstrip("\n")])
