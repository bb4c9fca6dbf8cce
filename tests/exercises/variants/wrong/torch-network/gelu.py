# like: right/torch-network/sequential.py
# -             steps.append(nn.ReLU())
# +             steps.append(nn.GELU())
