def power_chain(x):
    # (3x^2 - 1)^3 multiplied out
    y = 27 * x**6 - 27 * x**4 + 9 * x**2 - 1
    return y, 162 * x**5 - 108 * x**3 + 18 * x
