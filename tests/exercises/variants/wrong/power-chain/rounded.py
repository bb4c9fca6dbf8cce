def power_chain(x):
    u = 3 * x**2 - 1
    return round(u**3, 2), round(18 * x * u**2, 2)
