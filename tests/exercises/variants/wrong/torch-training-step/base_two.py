# like: right/torch-training-step/written_out.py
# -     loss = (torch.logsumexp(scores, dim=1) - scores[rows, Y]).mean()
# +     loss = (torch.logsumexp(scores, dim=1) - scores[rows, Y]).mean() / 0.6931471805599453
