# like: right/torch-training-step/loss_as_an_object.py
# -     optimizer.step()
# +     nn.utils.clip_grad_norm_(model.parameters(), 0.1)
# +     optimizer.step()
