# named: wrong-diagnosis
# like: right/torch-clinic/as_in_the_records.py
# -     return {"diagnosis": "graphs are kept", "mean_loss": total / steps}
# +     return {"diagnosis": "gradients add up", "mean_loss": total / steps}
