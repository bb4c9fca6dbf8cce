# named: no-diagnosis
# like: right/torch-clinic/as_in_the_records.py
# -     return {"diagnosis": "gradients add up", "losses": losses}
# +     return {"diagnosis": "gradients add up, softmax taken twice, graphs are kept", "losses": losses}
