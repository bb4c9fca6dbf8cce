def power_chain(x):
    return 18 * x * (3 * x**2 - 1) ** 2
