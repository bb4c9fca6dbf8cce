# named: product-too-small
def crosses_kink(Z_minus, Z_plus):
    return Z_minus * Z_plus < 0
