# named: still-broken
# like: right/torch-clinic/as_in_the_records.py
# -         total += loss.detach()
# -     return {"diagnosis": "graphs are kept", "mean_loss": total / steps}
# +         total += loss
# +     return {"diagnosis": "graphs are kept", "mean_loss": float(total) / steps}
