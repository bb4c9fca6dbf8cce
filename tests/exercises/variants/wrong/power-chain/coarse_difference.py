def power_chain(x):
    def f(t):
        return (3 * t**2 - 1) ** 3

    return f(x), (f(x + 0.01) - f(x)) / 0.01
