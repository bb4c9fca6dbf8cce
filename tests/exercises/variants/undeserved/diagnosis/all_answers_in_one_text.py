def diagnosis(found, numerical, m):
    return "right no mean over the batch dimension mismatch wrong transpose wrong hidden slope something else"
