# like: right/torch-clinic/numbers_and_none.py
# -         losses.append(float(J.detach()))
# +         losses.append(J.detach().clone().item())
# -         for p in parameters:
# -             p.grad = None
# +         sgd.zero_grad(set_to_none=False)
# -         made.weight.data.normal_(std=(2 / width) ** 0.5)
# +         torch.nn.init.orthogonal_(made.weight, gain=2**0.5)
