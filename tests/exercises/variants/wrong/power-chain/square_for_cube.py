def power_chain(x):
    u = 3 * x**2 - 1
    return u**2, 2 * u * 6 * x
