def crosses_kink(Z_minus, Z_plus):
    crossed = Z_minus * Z_plus < 0
    return crossed | crossed.any(axis=-1, keepdims=True)
