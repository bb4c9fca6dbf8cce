# like: right/torch-clinic/as_in_the_records.py
# -     return {"diagnosis": "gradients add up", "losses": losses}
# +     return {"diagnosis": "softmax taken twice", "losses": losses}
# -         "diagnosis": "softmax taken twice",
# -         "losses": losses,
# +         "diagnosis": "weights too small for the depth",
# +         "losses": losses,
# -     return {"diagnosis": "examples in columns", "losses": losses, "scores": scores.detach()}
# +     return {"diagnosis": "gradients add up", "losses": losses, "scores": scores.detach()}
# -     return {"diagnosis": "graphs are kept", "mean_loss": total / steps}
# +     return {"diagnosis": "parameters outside the optimizer", "mean_loss": total / steps}
# -     return {"diagnosis": "parameters outside the optimizer", "losses": losses, "A": A.detach()}
# +     return {"diagnosis": "dropout while predicting", "losses": losses, "A": A.detach()}
# -     return {"diagnosis": "weights too small for the depth", "model": model}
# +     return {"diagnosis": "learning rate too large", "model": model}
