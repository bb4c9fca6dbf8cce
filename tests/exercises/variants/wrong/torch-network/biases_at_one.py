# like: right/torch-network/sequential.py
# -                 nn.init.constant_(step.bias, 0.0)
# +                 nn.init.constant_(step.bias, 1.0)
