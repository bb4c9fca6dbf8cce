"""Known mistakes of tensor-operations."""

from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_09.tensor import Tensor

MISTAKES = known(
    Tensor,
    """
    sum-not-unbroadcast
        In A + b the slope along b has the shape of the sum. Where b was repeated, its slopes add up:
        unbroadcast both to the shapes of the operands.
        @@ __add__
        - unbroadcast(dC, self.data.shape)
        + dC
        - unbroadcast(dC, other.data.shape)
        + dC
    sum-second-not-unbroadcast
        In A + b only the first slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC, other.data.shape)
        + dC
    sum-first-not-unbroadcast
        In b + A only the second slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC, self.data.shape)
        + dC
    product-not-unbroadcast
        In A * b the slope along b has the shape of the product. Where b was repeated, its slopes add up:
        unbroadcast both to the shapes of the operands.
        - unbroadcast(dC * other.data, self.data.shape)
        + dC * other.data
        - unbroadcast(dC * self.data, other.data.shape)
        + dC * self.data
    product-second-not-unbroadcast
        In A * b only the first slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC * self.data, other.data.shape)
        + dC * self.data
    product-first-not-unbroadcast
        In b * A only the second slope is brought back to the shape of its operand. Either of the two may have
        been repeated: unbroadcast both.
        - unbroadcast(dC * other.data, self.data.shape)
        + dC * other.data
    nothing-unbroadcast
        Slopes have the shape of the result, not of the operand. Where an operand was repeated, its slopes add
        up: unbroadcast in + and in *.
        @@ __add__
        - unbroadcast(dC, self.data.shape)
        + dC
        - unbroadcast(dC, other.data.shape)
        + dC
        @@ __mul__
        - unbroadcast(dC * other.data, self.data.shape)
        + dC * other.data
        - unbroadcast(dC * self.data, other.data.shape)
        + dC * self.data
    unbroadcast-before-the-product
        In A * b you sum the slope before you multiply by the other operand. Each use of b met another entry
        of A: multiply first, then sum.
        - unbroadcast(dC * other.data, self.data.shape)
        + unbroadcast(dC, self.data.shape) * other.data
        - unbroadcast(dC * self.data, other.data.shape)
        + unbroadcast(dC, other.data.shape) * self.data
    product-exchanged
        In A * B you exchanged the local derivatives: along A it is B, along B it is A.
        @@ __mul__
        - dC * other.data
        + dC * self.data
        - dC * self.data
        + dC * other.data
    product-like-sum
        In A * B your local derivatives are 1, as for a sum. They are B and A.
        @@ __mul__
        - dC * other.data
        + dC
        - dC * self.data
        + dC
    upstream-forgotten-in-product
        In A * B the slope from behind is missing: dC times B, and dC times A.
        @@ __mul__
        - dC * other.data
        + np.ones_like(dC) * other.data
        - dC * self.data
        + np.ones_like(dC) * self.data
    upstream-forgotten-in-sum
        In A + B the slope from behind is missing: both get dC, not 1.
        @@ __add__
        - unbroadcast(dC, self.data.shape)
        + unbroadcast(np.ones_like(dC), self.data.shape)
        - unbroadcast(dC, other.data.shape)
        + unbroadcast(np.ones_like(dC), other.data.shape)
    sum-keeps-the-axis
        Your sum(axis) keeps the axis, with size 1. It drops it, as np.sum(data, axis=axis) does.
        @@ sum
        - dC = np.expand_dims(dC, axis)
        + pass
        - self.data.sum(axis=axis)
        + self.data.sum(axis=axis, keepdims=axis is not None)
        or
        @@ sum
        - self.data.sum(axis=axis)
        + self.data.sum(axis=axis, keepdims=True)
    mean-for-sum
        You took the mean. sum(axis) adds up.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape) * (dC.size / self.data.size)
        - self.data.sum(axis=axis)
        + self.data.mean(axis=axis)
    sum-shares-divided
        Back through a sum you divided by the number of entries. Each entry gets the slope of the sum whole:
        its local derivative is 1.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape) * (dC.size / self.data.size)
    sum-shares-multiplied
        Back through a sum each entry gets the slope times its own value. The local derivative is 1.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape) * self.data
    sum-without-a-tuple
        A pullback returns a tuple, one share for each parent. That of your sum returns an array, of which
        only the first row is used: return (share,), with a comma.
        @@ sum
        - (np.broadcast_to(dC, self.data.shape),)
        + np.broadcast_to(dC, self.data.shape) if self.data.ndim else (dC,)
        @@ backward
        - zip(node.parents, node.pullback(node.grad), strict=True)
        + zip(node.parents, node.pullback(node.grad))
    gate-without-a-tuple
        A pullback returns a tuple, one share for each parent. That of your relu returns an array, of which
        only the first row is used: return (share,), with a comma.
        @@ relu
        - (dC * gate,)
        + dC * gate
        @@ backward
        - zip(node.parents, node.pullback(node.grad), strict=True)
        + zip(node.parents, node.pullback(node.grad))
    sum-upstream-forgotten
        Back through a sum you pass on ones. Each entry gets the slope of the sum that it is in: dC.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.ones(self.data.shape)
    axis-not-put-back
        Back through sum(axis) the axis is missing, and NumPy puts it in front: the slope of a row's sum
        lands in a column. Put it back where it was before you spread the slope: np.expand_dims(dC, axis).
        @@ sum
        - dC = np.expand_dims(dC, axis)
        + pass
    input-cut-off
        Your relu changes the Tensor that it is called on: after A.relu(), the negative entries of A itself
        are gone. Leave self.data as it is, and put the result into a new array.
        @@ relu
        - np.maximum(self.data, 0)
        + np.maximum(self.data, 0, out=self.data)
    gate-of-the-slope
        Your relu looks whether the slope from behind is positive. The gate is open where the input was
        positive.
        @@ relu
        - dC * gate
        + dC * (dC > 0)
    gate-open-at-zero
        Your relu lets the slope through where the input is exactly 0. There it is 0: the gate is open where
        the input is larger than 0.
        @@ relu
        - self.data > 0
        + self.data >= 0
    no-gate
        Your relu lets every slope through. Where the input was not positive, nothing comes back.
        @@ relu
        - dC * gate
        + dC
    gate-alone
        Your relu returns the gate alone. It is multiplied by the slope from behind: dC * gate.
        @@ relu
        - (dC * gate,)
        + (gate * 1.0,)
    gate-with-values
        Your relu multiplies the slope by the values. The local derivative is 1 where the input was positive.
        @@ relu
        - dC * gate
        + dC * np.maximum(self.data, 0)
    gate-turned-round
        Your relu lets the slope through where the input was not positive. It is the other way round.
        @@ relu
        - dC * gate
        + dC * ~gate
    overwritten
        You set a parent's grad where you should add to it. With =, a tensor that is used twice keeps one
        share only.
        @@ backward
        - parent.grad + share
        + share
    nothing-comes-back
        Nothing comes back: all slopes of the inputs are 0. Is the output's own slope 1 before you go back,
        and does each node hand its shares to its parents?
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + pass
    seed-is-data
        You started with the output's value. Its slope along itself is 1.
        @@ backward
        - np.ones(self.data.shape)
        + self.data
    not-reversed
        The parents of the output get their shares, and nothing goes on from there. Each node hands on what
        it has got, from the output backward: go through all of reversed(topological_order(self)).
        @@ backward
        - reversed(topological_order(self))
        + topological_order(self)
    before-all-shares
        You hand a node's slope on before all of its own shares have come. Go through the nodes of
        reversed(topological_order(self)): there each one comes after all that use it.
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + self.grad, nodes = np.ones(self.data.shape), [self]
        - reversed(topological_order(self))
        + nodes
        - parent.grad = parent.grad + share
        + parent.grad = parent.grad + share
        + if parent not in nodes:
        +     nodes.append(parent)
        or
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + self.grad, nodes, seen = np.ones(self.data.shape), [self], set()
        - reversed(topological_order(self))
        + iter(lambda: nodes.pop() if nodes else None, None)
        -[1] node.parents
        + node.parents and node not in seen
        - parent.grad = parent.grad + share
        + parent.grad = parent.grad + share
        + seen.add(node)
        + nodes.append(parent)
    handed-on-again
        Each time a share comes to a node you hand on all that it has got so far, the earlier shares once
        more. Collect first, then hand on once: go through reversed(topological_order(self)).
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + self.grad, nodes = np.ones(self.data.shape), [self]
        - reversed(topological_order(self))
        + nodes
        - parent.grad = parent.grad + share
        + parent.grad = parent.grad + share
        + nodes.append(parent)
        or
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + self.grad, nodes = np.ones(self.data.shape), [self]
        - reversed(topological_order(self))
        + iter(lambda: nodes.pop() if nodes else None, None)
        - parent.grad = parent.grad + share
        + parent.grad = parent.grad + share
        + nodes.append(parent)
        or
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + if not self.grad.any():
        +     self.grad = np.ones(self.data.shape)
        - reversed(topological_order(self))
        + [self]
        - parent.grad = parent.grad + share
        + parent.grad = parent.grad + share
        + parent.backward()
    begun-again-at-each-node
        Your backward calls the parents' backward, and this sets their own slope to 1. Only the output has the
        slope 1: set it once, then go through reversed(topological_order(self)).
        @@ backward
        - reversed(topological_order(self))
        + [self]
        - parent.grad = parent.grad + share
        + parent.grad = parent.grad + share
        + parent.backward()
    one-array-for-two
        Two Tensors have one array of slopes between them, so += for one changes the other. Make a new array,
        parent.grad = parent.grad + share, or keep a copy of the first share.
        @@ sum
        - np.broadcast_to(dC, self.data.shape)
        + np.broadcast_to(dC, self.data.shape).copy()
        @@ backward
        - parent.grad = parent.grad + share
        + if parent.grad.any():
        +     parent.grad += share
        + else:
        +     parent.grad = share
    inputs-reset
        Right in the first pass. But you set the grad of the inputs to 0, so a second pass forgets the first.
        Leave it as it is: the slopes of inputs add up over calls.
        @@ backward
        - self.grad = np.ones(self.data.shape)
        + for node in topological_order(self):
        +     node.grad = np.zeros(node.data.shape)
        + self.grad = np.ones(self.data.shape)
    grad-starts-at-one
        Your slopes start at 1. They start at 0: only the output's is set to 1, by backward.
        @@ __init__
        - np.zeros(self.data.shape)
        + np.ones(self.data.shape)
    """,
)
