# like: right/torch-clinic/as_in_the_records.py
# -     return {"diagnosis": "gradients add up", "losses": losses}
# +     return {"diagnosis": "", "losses": losses}
# -         "diagnosis": "softmax taken twice",
# +         "diagnosis": "",
# -     return {"diagnosis": "examples in columns", "losses": losses, "scores": scores.detach()}
# +     return {"diagnosis": "", "losses": losses, "scores": scores.detach()}
# -     return {"diagnosis": "graphs are kept", "mean_loss": total / steps}
# +     return {"diagnosis": "", "mean_loss": total / steps}
# -     return {"diagnosis": "parameters outside the optimizer", "losses": losses, "A": A.detach()}
# +     return {"diagnosis": "", "losses": losses, "A": A.detach()}
# -     return {"diagnosis": "weights too small for the depth", "model": model}
# +     return {"diagnosis": "", "model": model}
