def power_chain(x):
    u = x**2 - 1
    return u**3, 3 * u**2 * 2 * x
