"""What declarations of backward passes have in common: form, order, shapes and formulas for L layers."""


def backward_order(n_layers: int) -> tuple[str, ...]:
    """Leaves of a backward pass in the order in which they are computed: dZL, dWL, dbL, dA(L-1), ..., db1."""
    order = [f"dZ{n_layers}", f"dW{n_layers}", f"db{n_layers}"]
    for layer in range(n_layers - 1, 0, -1):
        order += [f"dA{layer}", f"dZ{layer}", f"dW{layer}", f"db{layer}"]
    return tuple(order)


def backward_form(n_layers: int) -> dict[str, str]:
    """Form of the returned dict: dW1, db1, ..., dWL, dbL."""
    return {f"d{name}{layer}": f"d{name}{layer}" for layer in range(1, n_layers + 1) for name in "Wb"}


def backward_shapes(n_layers: int) -> dict[str, str]:
    """Shapes of inputs, steps and gradients, with one output unit."""
    shapes = {"X": "(n0, m)", "Y": "(1, m)"}
    for layer in range(1, n_layers + 1):
        n, n_below = "1" if layer == n_layers else f"n{layer}", f"n{layer - 1}"
        shapes |= {f"{d}W{layer}": f"({n}, {n_below})" for d in ("", "d")}
        shapes |= {f"{d}b{layer}": f"({n}, 1)" for d in ("", "d")}
        shapes |= {f"{d}{name}{layer}": f"({n}, m)" for name in "ZA" for d in ("", "d")}
    return shapes


def backward_formulas(n_layers: int, slope: str = "(Z{layer} > 0)") -> dict[str, str]:
    """Formula of each step; `slope` is the derivative of the hidden activation."""
    formulas = {f"dZ{n_layers}": f"dZ{n_layers} = A{n_layers} - Y"}
    for layer in range(1, n_layers + 1):
        A_below = "X" if layer == 1 else f"A{layer - 1}"
        formulas[f"dW{layer}"] = f"dW{layer} = dZ{layer} @ {A_below}.T / m"
        formulas[f"db{layer}"] = f"db{layer} = np.sum(dZ{layer}, axis=1, keepdims=True) / m"
        if layer < n_layers:
            formulas[f"dA{layer}"] = f"dA{layer} = W{layer + 1}.T @ dZ{layer + 1}"
            formulas[f"dZ{layer}"] = f"dZ{layer} = dA{layer} * {slope.format(layer=layer)}"
    return formulas
