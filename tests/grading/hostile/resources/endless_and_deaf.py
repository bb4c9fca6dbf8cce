"""Never end, and take no interrupt."""

while True:
    try:
        while True:
            pass
    except BaseException:
        continue
