# like: right/torch-dataset/a_list_of_pairs.py
# -         return self.items[i]
# +         return self.items[-1 - i]
