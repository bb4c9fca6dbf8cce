# like: right/torch-network/apply_to_all.py
# -         self.apply(start)
# +         self.apply(start)
# +         self.layer0.bias.requires_grad_(False)
