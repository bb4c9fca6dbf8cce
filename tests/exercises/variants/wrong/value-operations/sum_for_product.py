# like: right/value-operations/as_in_the_course.py
# -         return Value(self.data * other.data, (self, other), (other.data, self.data), "*")
# +         return Value(self.data + other.data + 1, (self, other), (other.data, self.data), "*")
