def diagnosis(found, numerical, m):
    return "right"
