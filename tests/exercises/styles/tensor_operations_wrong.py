"""Wrong answers to tensor-operations, none of them a known mistake: one method of a right one each."""

import numpy as np
from tensor_operations_right import Base

from mlcourse.autograd import topological_order, unbroadcast


class AddsTwice(Base):
    def __add__(self, other):
        return type(self)(
            self.data + 2 * other.data,
            (self, other),
            lambda d: (unbroadcast(d, self.data.shape), unbroadcast(2 * d, other.data.shape)),
            "+",
        )


class AddGivesADifferenceBack(Base):
    def __add__(self, other):
        return type(self)(
            self.data + other.data,
            (self, other),
            lambda d: (unbroadcast(d, self.data.shape), -unbroadcast(d, other.data.shape)),
            "+",
        )


class AddFlattens(Base):
    def __add__(self, other):
        return type(self)((self.data + other.data).ravel(), (self, other), None, "+")


class AddGivesOneShare(Base):
    def __add__(self, other):
        return type(self)(
            self.data + other.data, (self, other), lambda d: (unbroadcast(d, self.data.shape),), "+"
        )


class AddForgetsItsParents(Base):
    def __add__(self, other):
        return type(self)(self.data + other.data)


class AddChangesItself(Base):
    def __add__(self, other):
        self.data = self.data + other.data
        return self


class AddMeansOverTheBroadcast(Base):
    def __add__(self, other):
        def back(d, shape):
            return unbroadcast(d, shape) * (np.prod(shape) / d.size)

        return type(self)(
            self.data + other.data,
            (self, other),
            lambda d: (back(d, self.data.shape), back(d, other.data.shape)),
            "+",
        )


class MulDividesBack(Base):
    def __mul__(self, other):
        def pullback(d):
            return unbroadcast(d / other.data, self.data.shape), unbroadcast(d / self.data, other.data.shape)

        return type(self)(self.data * other.data, (self, other), pullback, "*")


class MulTimesTheResult(Base):
    def __mul__(self, other):
        C = self.data * other.data

        def pullback(d):
            return unbroadcast(d * C, self.data.shape), unbroadcast(d * C, other.data.shape)

        return type(self)(C, (self, other), pullback, "*")


class MulSquares(Base):
    def __mul__(self, other):
        def pullback(d):
            return unbroadcast(d * other.data**2, self.data.shape), unbroadcast(
                d * self.data**2, other.data.shape
            )

        return type(self)(self.data * other.data, (self, other), pullback, "*")


class MulRoundsBack(Base):
    def __mul__(self, other):
        def pullback(d):
            return (
                unbroadcast(np.round(d * other.data, 1), self.data.shape),
                unbroadcast(d * self.data, other.data.shape),
            )

        return type(self)(self.data * other.data, (self, other), pullback, "*")


class MulOnlyLearnsTheSecond(Base):
    def __mul__(self, other):
        def pullback(d):
            return np.zeros(self.data.shape), unbroadcast(d * self.data, other.data.shape)

        return type(self)(self.data * other.data, (self, other), pullback, "*")


class MulAddsForward(Base):
    def __mul__(self, other):
        made = super().__mul__(other)
        made.data = self.data * other.data + 1
        return made


class MatmulHalved(Base):
    def __matmul__(self, other):
        return type(self)(
            self.data @ other.data,
            (self, other),
            lambda d: (0.5 * d @ other.data.T, 0.5 * self.data.T @ d),
            "@",
        )


class MatmulNegative(Base):
    def __matmul__(self, other):
        return type(self)(
            self.data @ other.data, (self, other), lambda d: (d @ -other.data.T, self.data.T @ d), "@"
        )


class MatmulAbsolute(Base):
    def __matmul__(self, other):
        return type(self)(
            self.data @ other.data,
            (self, other),
            lambda d: (d @ abs(other.data.T), abs(self.data.T) @ d),
            "@",
        )


class MatmulRoundsForward(Base):
    def __matmul__(self, other):
        made = super().__matmul__(other)
        made.data = np.round(made.data, 1)
        return made


class MatmulSumsTheSlope(Base):
    def __matmul__(self, other):
        return type(self)(
            self.data @ other.data,
            (self, other),
            lambda d: (
                np.outer(d.sum(axis=1), other.data.sum(axis=1)),
                np.outer(self.data.sum(axis=0), d.sum(axis=0)),
            ),
            "@",
        )


class SumIgnoresTheAxis(Base):
    def sum(self, axis=None):
        return type(self)(self.data.sum(), (self,), lambda d: (np.broadcast_to(d, self.data.shape),), "sum")


class SumTakesTheOtherAxis(Base):
    def sum(self, axis=None):
        return super().sum(None if axis is None else 1 - axis)


class SumOfSquares(Base):
    def sum(self, axis=None):
        made = super().sum(axis)
        made.data = (self.data**2).sum(axis=axis)
        return made


class SumTakesTheLargest(Base):
    def sum(self, axis=None):
        made = super().sum(axis)
        made.data = self.data.max(axis=axis)
        return made


class SumGivesToTheFirst(Base):
    def sum(self, axis=None):
        def pullback(dC):
            share = np.zeros(self.data.shape)
            share.flat[0] = np.sum(dC)
            return (share,)

        return type(self)(self.data.sum(axis=axis), (self,), pullback, "sum")


class SumSortsBack(Base):
    def sum(self, axis=None):
        def pullback(dC):
            dC = np.sort(dC) if axis is not None else dC
            return (np.broadcast_to(dC if axis is None else np.expand_dims(dC, axis), self.data.shape),)

        return type(self)(self.data.sum(axis=axis), (self,), pullback, "sum")


class ReluSix(Base):
    def relu(self):
        return type(self)(np.clip(self.data, 0, 1), (self,), lambda d: (d * (self.data > 0),), "relu")


class ReluSoftplus(Base):
    def relu(self):
        return type(self)(
            np.logaddexp(0, self.data), (self,), lambda d: (d / (1 + np.exp(-self.data)),), "relu"
        )


class ReluAbsolute(Base):
    def relu(self):
        return type(self)(abs(self.data), (self,), lambda d: (d * np.sign(self.data),), "relu")


class ReluOfTheFirstEntry(Base):
    def relu(self):
        gate = self.data.flat[0] > 0
        return type(self)(np.maximum(self.data, 0), (self,), lambda d: (d * gate,), "relu")


class ReluHalfOpen(Base):
    def relu(self):
        slope = np.where(self.data > 0, 1.0, 0.5)
        return type(self)(np.maximum(self.data, 0), (self,), lambda d: (d * slope,), "relu")


class ReluOfThreshold(Base):
    def relu(self):
        gate = self.data > 0.5
        return type(self)(self.data * gate, (self,), lambda d: (d * gate,), "relu")


class BackwardHalvesTheSeed(Base):
    def backward(self):
        self.grad = np.full(self.data.shape, 0.5)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = parent.grad + share


class BackwardSubtracts(Base):
    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = parent.grad - share


class BackwardAverages(Base):
    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = (parent.grad + share) / 2


class BackwardKeepsTheLargest(Base):
    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = np.maximum(parent.grad, share)


class BackwardReturnsAndSetsNothing(Base):
    """Named: nothing-comes-back."""

    def backward(self):
        return {id(node): np.ones(node.data.shape) for node in topological_order(self)}


class BackwardSkipsTheSecondParent(Base):
    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                share = node.pullback(node.grad)[0]
                node.parents[0].grad = node.parents[0].grad + share


class BackwardLosesNegativeShares(Base):
    def backward(self):
        self.grad = np.ones(self.data.shape)
        for node in reversed(topological_order(self)):
            if node.parents:
                for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):
                    parent.grad = parent.grad + np.maximum(share, 0)


class DataInWholeNumbers(Base):
    def __init__(self, data, parents=(), pullback=None, operation=""):
        super().__init__(data, parents, pullback, operation)
        self.data = np.array(data, dtype=int)
