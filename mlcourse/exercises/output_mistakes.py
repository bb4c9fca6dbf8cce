"""Known mistakes in dZ of the output layer, in the letters of `mlcourse.exercises.backward_mistakes`."""

OUTPUT = """
    sign
        All your gradients have the wrong sign: dZ of the output layer is A - Y, not Y - A.
        - A[L] - Y
        + Y - A[L]
    sigmoid-derivative-at-output
        You multiplied A - Y by the sigmoid's derivative A(1 - A). With the cross-entropy loss it has
        cancelled already: dZ of the output layer is A - Y.
        - A[L] - Y
        + (A[L] - Y) * A[L] * (1 - A[L])
    sigmoid-derivative-forgotten
        dZ of the output layer is the derivative with respect to A. One link of the chain is missing: multiply
        by the sigmoid's derivative A(1 - A), which leaves A - Y.
        - A[L] - Y
        + -Y / A[L] + (1 - Y) / (1 - A[L])
    plus-in-the-long-way
        A sign in the derivative of the loss is wrong: it is -Y / A + (1 - Y) / (1 - A), and times A(1 - A)
        that is A - Y.
        - A[L] - Y
        + -(Y / A[L] + (1 - Y) / (1 - A[L])) * A[L] * (1 - A[L])
    error-at-Z
        dZ of the output layer compares Y with Z, the value before the sigmoid. It is A - Y.
        - A[L] - Y
        + Z[L] - Y
    error-squared
        dZ of the output layer has a factor 2: that of a squared error. With the cross-entropy it is A - Y.
        - A[L] - Y
        + 2 * (A[L] - Y)
    error-halved
        dZ of the output layer has a factor 1/2. With the cross-entropy it is A - Y.
        - A[L] - Y
        + (A[L] - Y) / 2
    error-thresholded
        dZ of the output layer uses the predicted class instead of the probability. Leave A as it is: A - Y.
        - A[L] - Y
        + (A[L] > 0.5) - Y
    derivative-added-to-error
        You added the sigmoid's derivative A(1 - A) to the error. With the cross-entropy it does not occur at
        all: dZ of the output layer is A - Y.
        - A[L] - Y
        + (A[L] - Y) + A[L] * (1 - A[L])
    changes-cache
        The gradients are right, but A of the output layer is changed in the cache (A -= Y). Make a new array:
        dZ = A - Y.
        - dZ[L] = A[L] - Y
        + A[L] -= Y
        + dZ[L] = A[L]
    delta-rule
        Your dZ of the output layer is that of a squared error, with the sign turned round: (Y - A) * A * (1 -
        A). With the cross-entropy the sigmoid's derivative has cancelled: it is A - Y.
        - A[L] - Y
        + (Y - A[L]) * A[L] * (1 - A[L])
    delta-rule-summed
        Your dZ of the output layer is that of a squared error, with the sign turned round: (Y - A) * A * (1 -
        A). With the cross-entropy it is A - Y. And your gradients are sums over the batch: divide every dW
        and every db by m.
        - A[L] - Y
        + (Y - A[L]) * A[L] * (1 - A[L])
        - m = Y.shape[1]
        + m = 1
    doubled-delta-rule
        Your dZ of the output layer is that of a squared error, with the sign turned round: 2 * (Y - A) * A *
        (1 - A). With the cross-entropy the sigmoid's derivative has cancelled: it is A - Y.
        - A[L] - Y
        + 2 * (Y - A[L]) * A[L] * (1 - A[L])
    doubled-delta-rule-summed
        Your dZ of the output layer is that of a squared error, with the sign turned round: 2 * (Y - A) * A *
        (1 - A). With the cross-entropy it is A - Y. And your gradients are sums over the batch: divide every
        dW and every db by m.
        - A[L] - Y
        + 2 * (Y - A[L]) * A[L] * (1 - A[L])
        - m = Y.shape[1]
        + m = 1
    squared-error
        Your dZ of the output layer is that of a squared error, 2 * (A - Y) * A * (1 - A). With the
        cross-entropy the sigmoid's derivative has cancelled: it is A - Y.
        - A[L] - Y
        + 2 * (A[L] - Y) * A[L] * (1 - A[L])
    squared-error-summed
        Your dZ of the output layer is that of a squared error, 2 * (A - Y) * A * (1 - A). With the
        cross-entropy it is A - Y. And your gradients are sums over the batch: divide every dW and every db by
        m.
        - A[L] - Y
        + 2 * (A[L] - Y) * A[L] * (1 - A[L])
        - m = Y.shape[1]
        + m = 1
    half-squared-error-summed
        You multiplied A - Y by the sigmoid's derivative A(1 - A), which has cancelled with the cross-entropy:
        dZ of the output layer is A - Y. And your gradients are sums over the batch: divide every dW and every
        db by m.
        - A[L] - Y
        + (A[L] - Y) * A[L] * (1 - A[L])
        - m = Y.shape[1]
        + m = 1
    sign-and-no-mean
        All your gradients have the wrong sign, dZ of the output layer is A - Y, not Y - A; and they are sums
        over the batch: divide every dW and every db by m.
        - A[L] - Y
        + Y - A[L]
        - m = Y.shape[1]
        + m = 1
"""
