# like: right/torch-clinic/as_in_the_records.py
# -         total += loss.detach()
# +         total += loss.detach() / 2
