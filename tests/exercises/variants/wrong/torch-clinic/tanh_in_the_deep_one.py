# like: right/torch-clinic/as_in_the_records.py
# -         layers += [nn.Linear(width, width), nn.ReLU()]
# +         layers += [nn.Linear(width, width), nn.Tanh()]
