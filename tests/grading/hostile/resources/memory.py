# stock: never
"""Take all the memory there is."""

kept = []
while True:
    kept.append(bytearray(50_000_000))
