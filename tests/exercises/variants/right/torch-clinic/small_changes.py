# like: right/torch-clinic/as_in_the_records.py
# -     X = X.T
# -     optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
# +     X = X.transpose(0, 1)
# +     optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
# -         total += loss.detach()
# +         with torch.no_grad():
# +             total += loss
# -     model = nn.Sequential(hidden, nn.ReLU(), output)
# -     optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
# +     optimizer = torch.optim.SGD(hidden.parameters(), lr=0.2)
# +     optimizer.add_param_group({"params": output.parameters()})
# -         nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
# +         nn.init.normal_(layer.weight, std=(2 / width) ** 0.5)
