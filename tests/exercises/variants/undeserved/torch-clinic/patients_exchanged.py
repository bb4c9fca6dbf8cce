# like: right/torch-clinic/numbers_and_none.py
# - def fixed_1(
# + def first(
# - def fixed_2(
# + def second(
# - def fixed_3(
# + def third(
# - def fixed_4(
# + def fourth(
# - def fixed_5(
# + def fifth(
# - def fixed_6(
# + fixed_1, fixed_2, fixed_3, fixed_4, fixed_5 = second, third, fourth, first, second
# +
# +
# + def fixed_6(
# - "weights too small for the depth"
# + "graphs are kept"
