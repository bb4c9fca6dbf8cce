"""Lesson 08: automatic differentiation from scratch, the graph with its derivatives, PyTorch.

value-operations
    class ``Value(data, parents=(), local_derivatives=(), operation="", label="")``: a number that remembers
    how it was computed. It keeps its arguments as attributes, and has ``grad``, 0.0 at first. For Values a
    and b, ``a + b``, ``a * b`` and ``a.tanh()`` return a new Value: the result as data, the operands as
    parents, for each parent the derivative of the result with respect to it as local_derivatives, and "+",
    "*" or "tanh" as operation. ``propagate()`` adds to the grad of every parent what comes through this node:
    its local derivative times ``self.grad``. It adds, because a Value may be used more than once, also twice
    in one operation (a * a). A class in the style of micrograd, whose results carry a function
    ``_backward()``, or one that has a finished ``backward()``, will do too.

topological-backward
    The class ``Value`` with ``backward()``: for the Value on which it is called, sets the grad of every node
    that it depends on to its derivative with respect to that node; its own grad is 1. The graph may be any,
    with nodes that are used several times, and it may be deep: a chain of 2,000 nodes must not end in a
    RecursionError (Python nests about a thousand calls), so walk the graph with a list as a stack. Only
    ``+``, ``*``, ``tanh()``, ``grad`` and ``backward()`` of the class are used.

labelled-graph
    ``labelled_graph(output)``: output is a `mlcourse.autograd.Value` on which ``backward()`` has been called
    already. Returns a list with one dict for each node of its graph, inputs and output included, every node
    once, parents before what is computed from them: ``label`` (may be left out), ``operation``, ``value``
    (its data), ``gradient`` (its grad), ``parents`` (a list of places in this list, counted from 0) and
    ``local_derivatives`` (a list with one for each parent, in the same order). Any order with parents first
    will do. The graphs are small; recursion is welcome.

torch-agreement
    ``torch_gradients(X, Y, parameters)``: X (n0, m) and Y (1, m) are NumPy arrays of float64, parameters is a
    dict of W1, b1, W2, b2 of the network of lesson 02 (ReLU, sigmoid, mean binary cross-entropy). Returns a
    dict of dW1, db1, dW2, db2 as PyTorch's autograd computes them, each of the shape of its parameter, as
    arrays or tensors. Scored only where PyTorch is installed.
"""

from mlcourse.exercises.backward_order import TOPOLOGICAL_BACKWARD
from mlcourse.exercises.base import Exercise
from mlcourse.exercises.labelled_graphs import LABELLED_GRAPH
from mlcourse.exercises.torch_gradients import TORCH_AGREEMENT
from mlcourse.exercises.values import VALUE_OPERATIONS

EXERCISES: tuple[Exercise, ...] = (VALUE_OPERATIONS, TOPOLOGICAL_BACKWARD, LABELLED_GRAPH, TORCH_AGREEMENT)
