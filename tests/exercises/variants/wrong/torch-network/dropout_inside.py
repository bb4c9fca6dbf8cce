# like: right/torch-network/sequential.py
# -             steps.append(nn.ReLU())
# -         self.net = nn.Sequential(*steps[:-1])
# +             steps.append(nn.ReLU())
# +         self.net = nn.Sequential(nn.Dropout(0.2), *steps[:-1])
