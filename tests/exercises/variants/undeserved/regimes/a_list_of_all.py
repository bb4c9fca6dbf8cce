def regime(losses):
    return ["diverges", "oscillates", "crawls", "converges"]
