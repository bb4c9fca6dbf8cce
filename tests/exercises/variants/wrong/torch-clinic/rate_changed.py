# named: other-rate
# like: right/torch-clinic/as_in_the_records.py
# -     X = X.T
# -     optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
# +     X = X.T
# +     optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
