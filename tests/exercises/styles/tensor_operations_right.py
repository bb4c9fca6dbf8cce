"""Right answers to tensor-operations: the lesson's class, with one method in another style each."""

import numpy as np

from mlcourse.autograd import topological_order, unbroadcast


class Base:
    """The class as the lesson begins it, and one way to complete it."""

    def __init__(self, data, parents=(), pullback=None, operation=""):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.parents = parents
        self.pullback = pullback
        self.operation = operation

    def __add__(self, other):
        def pullback(dC):
            return unbroadcast(dC, self.data.shape), unbroadcast(dC, other.data.shape)

        return type(self)(self.data + other.data, (self, other), pullback, "+")

    def __mul__(self, other):
        def pullback(dC):
            dA = unbroadcast(dC * other.data, self.data.shape)
            return dA, unbroadcast(dC * self.data, other.data.shape)

        return type(self)(self.data * other.data, (self, other), pullback, "*")

    def __matmul__(self, other):
        def pullback(dC):
            return dC @ other.data.T, self.data.T @ dC

        return type(self)(self.data @ other.data, (self, other), pullback, "@")

    def sum(self, axis=None):
        def pullback(dC):
            if axis is not None:
                dC = np.expand_dims(dC, axis)
            return (np.broadcast_to(dC, self.data.shape),)

        return type(self)(self.data.sum(axis=axis), (self,), pullback, "sum")

    def relu(self):
        gate = self.data > 0
        return type(self)(np.maximum(self.data, 0), (self,), lambda dC: (dC * gate,), "relu")

    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = parent.grad + share


class AddByLambda(Base):
    def __add__(self, other):
        a, b = self.data, other.data
        back = lambda d: (unbroadcast(d, a.shape), unbroadcast(d, b.shape))  # noqa: E731
        return type(self)(a + b, (self, other), back, "+")


class AddByNumpy(Base):
    def __add__(self, other):
        out = type(self)(np.add(self.data, other.data), parents=(self, other), operation="+")
        out.pullback = lambda d: [unbroadcast(d, t.data.shape) for t in (self, other)]
        return out


class AddByAGenerator(Base):
    def __add__(self, other):
        both = (self, other)
        pullback = lambda d: tuple(unbroadcast(d, t.data.shape) for t in both)  # noqa: E731
        return type(self)(self.data + other.data, both, pullback, "+")


class AddWithItsOwnSums(Base):
    def __add__(self, other):
        def back(d, shape):
            new = d.ndim - len(shape)
            axes = tuple(range(new)) + tuple(new + k for k, n in enumerate(shape) if n == 1)
            return d.sum(axis=axes).reshape(shape)

        pullback = lambda d: (back(d, self.data.shape), back(d, other.data.shape))  # noqa: E731
        return type(self)(self.data + other.data, (self, other), pullback, "+")


class AddAsProductWithOne(Base):
    def __add__(self, other):
        def pullback(d):
            ones = np.ones(d.shape)
            return unbroadcast(ones * d, self.data.shape), unbroadcast(ones * d, other.data.shape)

        return type(self)(self.data + other.data, (self, other), pullback, "+")


class AddTakesNumbers(Base):
    def __add__(self, other):
        if not isinstance(other, Base):
            other = type(self)(other)
        return super().__add__(other)

    __radd__ = __add__


class MulBroadcastFirst(Base):
    def __mul__(self, other):
        A, B = np.broadcast_arrays(self.data, other.data)

        def pullback(dC):
            return unbroadcast(dC * B, self.data.shape), unbroadcast(dC * A, other.data.shape)

        return type(self)(A * B, (self, other), pullback, "*")


class MulByEinsum(Base):
    def __mul__(self, other):
        def pullback(dC):
            shares = dC * other.data, dC * self.data
            return [unbroadcast(s, t.data.shape) for s, t in zip(shares, (self, other), strict=True)]

        return type(self)(np.multiply(self.data, other.data), (self, other), pullback, "*")


class MulWithCopies(Base):
    def __mul__(self, other):
        a, b = self.data.copy(), other.data.copy()

        def pullback(dC):
            da, db = unbroadcast(b * dC, a.shape), unbroadcast(a * dC, b.shape)
            return da, db

        return type(self)(a * b, (self, other), pullback, "*")


class MulWithDefaults(Base):
    def __mul__(self, other):
        def pullback(dC, a=self.data, b=other.data):
            return unbroadcast(dC * b, a.shape), unbroadcast(dC * a, b.shape)

        return type(self)(self.data * other.data, (self, other), pullback, "*")


class MulAndRmul(Base):
    def __mul__(self, other):
        other = other if isinstance(other, Base) else type(self)(other)
        return super().__mul__(other)

    def __rmul__(self, other):
        return self * other


class MulByAMethod(Base):
    def _product_back(self, other, dC):
        return unbroadcast(dC * other.data, self.data.shape)

    def __mul__(self, other):
        def pullback(dC):
            return self._product_back(other, dC), other._product_back(self, dC)

        return type(self)(self.data * other.data, (self, other), pullback, "*")


class MatmulByDot(Base):
    def __matmul__(self, other):
        A, B = self.data, other.data
        return type(self)(A.dot(B), (self, other), lambda d: (d.dot(B.T), A.T.dot(d)), "@")


class MatmulByEinsum(Base):
    def __matmul__(self, other):
        def pullback(d):
            return np.einsum("ij,kj->ik", d, other.data), np.einsum("ik,ij->kj", self.data, d)

        return type(self)(np.einsum("ik,kj->ij", self.data, other.data), (self, other), pullback, "@")


class MatmulChecksShapes(Base):
    def __matmul__(self, other):
        assert self.data.shape[1] == other.data.shape[0], "inner sizes differ"
        return super().__matmul__(other)


class MatmulTransposedTwice(Base):
    def __matmul__(self, other):
        def pullback(d):
            return (other.data @ d.T).T, (d.T @ self.data).T

        return type(self)(self.data @ other.data, (self, other), pullback, "@")


class MatmulByOuterProducts(Base):
    def __matmul__(self, other):
        def pullback(d):
            dA = sum(np.outer(d[:, j], other.data[:, j]) for j in range(d.shape[1]))
            dB = sum(np.outer(self.data[i], d[i]) for i in range(d.shape[0]))
            return dA, dB

        return type(self)(np.matmul(self.data, other.data), (self, other), pullback, "@")


class SumAsAMatrixOfOnes(Base):
    def sum(self, axis=None):
        if axis is None:
            return type(self)(np.sum(self.data), (self,), lambda d: (np.full(self.data.shape, d),), "sum")
        repeat = self.data.shape[axis]
        return type(self)(
            np.sum(self.data, axis),
            (self,),
            lambda d: (np.repeat(np.expand_dims(d, axis), repeat, axis),),
            "sum",
        )


class SumByCases(Base):
    def sum(self, axis=None):
        def pullback(dC):
            ones = np.ones_like(self.data)
            if axis is None:
                return (ones * dC,)
            if axis == 0:
                return (ones * dC[None, :],)
            return (ones * dC[:, None],)

        return type(self)(self.data.sum(axis), (self,), pullback, "sum")


class SumWithKeepdims(Base):
    def sum(self, axis=None):
        kept = self.data.sum(axis=axis, keepdims=True)

        def pullback(dC):
            return (np.zeros_like(self.data) + dC.reshape(kept.shape),)

        return type(self)(self.data.sum(axis=axis), (self,), pullback, "sum")


class SumOverAllAxes(Base):
    def sum(self, axis=None):
        axes = tuple(range(self.data.ndim)) if axis is None else (axis % self.data.ndim,)

        def pullback(dC):
            return (np.broadcast_to(np.expand_dims(dC, axes), self.data.shape),)

        return type(self)(self.data.sum(axis=axes), (self,), pullback, "sum")


class SumByTiles(Base):
    def sum(self, axis=None):
        def pullback(dC):
            if axis is None:
                return (np.tile(dC, self.data.shape),)
            counts = [1] * self.data.ndim
            counts[axis] = self.data.shape[axis]
            return (np.tile(np.expand_dims(dC, axis), counts),)

        return type(self)(self.data.sum(axis=axis), (self,), pullback, "sum")


class SumTakesKeepdims(Base):
    def sum(self, axis=None, keepdims=False):
        def pullback(dC):
            dC = dC if axis is None or keepdims else np.expand_dims(dC, axis)
            return (dC + np.zeros(self.data.shape),)

        return type(self)(self.data.sum(axis=axis, keepdims=keepdims), (self,), pullback, "sum")


class ReluByWhere(Base):
    def relu(self):
        def pullback(dC):
            return (np.where(self.data > 0, dC, 0.0),)

        return type(self)(np.where(self.data > 0, self.data, 0.0), (self,), pullback, "relu")


class ReluByTheResult(Base):
    def relu(self):
        out = type(self)(np.clip(self.data, 0, None), (self,), None, "relu")
        out.pullback = lambda dC: ((out.data > 0) * dC,)
        return out


class ReluByIndices(Base):
    def relu(self):
        closed = self.data <= 0

        def pullback(dC):
            dA = dC.copy()
            dA[closed] = 0
            return (dA,)

        data = self.data.copy()
        data[closed] = 0
        return type(self)(data, (self,), pullback, "relu")


class ReluByAbsoluteValues(Base):
    def relu(self):
        slope = (np.sign(self.data) + 1) / 2
        slope[self.data == 0] = 0
        return type(self)((self.data + abs(self.data)) / 2, (self,), lambda d: (slope * d,), "relu")


class ReluByHeaviside(Base):
    def relu(self):
        step = np.heaviside(self.data, 0)
        return type(self)(self.data * step, (self,), lambda d: [d * step], "relu")


class BackwardWithZeroes(Base):
    def backward(self):
        nodes = topological_order(self)
        for node in nodes:
            if node.parents:
                node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in nodes[::-1]:
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad += share


class BackwardInADictionary(Base):
    def backward(self):
        slopes = {id(self): np.ones(self.data.shape)}
        for node in reversed(topological_order(self)):
            slope = slopes[id(node)]
            node.grad = node.grad + slope
            for parent, share in zip(node.parents, node.pullback(slope) if node.parents else (), strict=True):
                slopes[id(parent)] = slopes.get(id(parent), 0) + share


class BackwardWithItsOwnOrder(Base):
    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = np.ones(self.data.shape)
        while order:
            node = order.pop()
            shares = node.pullback(node.grad) if node.pullback is not None else ()
            for parent, share in zip(node.parents, shares, strict=True):
                parent.grad = share + parent.grad


class BackwardCountsUsers(Base):
    def backward(self):
        users, stack, seen = {}, [self], {id(self)}
        while stack:
            for parent in stack.pop().parents:
                users[id(parent)] = users.get(id(parent), 0) + 1
                if id(parent) not in seen:
                    seen.add(id(parent))
                    stack.append(parent)
        self.grad, ready = np.ones(self.data.shape), [self]
        while ready:
            node = ready.pop()
            if not node.parents:
                continue
            for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                parent.grad = parent.grad + share
                users[id(parent)] -= 1
                if users[id(parent)] == 0:
                    ready.append(parent)


class BackwardRefusesArrays(Base):
    def backward(self):
        if self.data.size != 1:
            raise ValueError("backward begins at a single number: sum first")
        super().backward()


class GradNoneAtFirst(Base):
    def __init__(self, data, parents=(), pullback=None, operation=""):
        super().__init__(data, parents, pullback, operation)
        self.grad = None

    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = share.copy() if parent.grad is None else parent.grad + share
