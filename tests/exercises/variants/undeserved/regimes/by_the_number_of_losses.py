def regime(losses):
    return ("diverges", "oscillates", "crawls", "converges")[len(losses) % 4]
