# like: right/torch-training-step/loss_as_an_object.py
# - loss_of = nn.CrossEntropyLoss()
# + loss_of = nn.CrossEntropyLoss(label_smoothing=0.1)
