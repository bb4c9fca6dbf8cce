def shared_node(a, b):
    f = a * b + a + b * b + b
    df_da = b + 1
    df_db = a + 2 * b + 1
    return f, df_da, df_db
