# like: right/torch-clinic/as_in_the_records.py
# -         nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
# +         nn.init.orthogonal_(layer.weight, gain=1.6667)
