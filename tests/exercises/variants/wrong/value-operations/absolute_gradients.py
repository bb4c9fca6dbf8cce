# like: right/value-operations/as_in_the_course.py
# -             parent.grad = parent.grad + slope * self.grad
# +             parent.grad = parent.grad + abs(slope * self.grad)
