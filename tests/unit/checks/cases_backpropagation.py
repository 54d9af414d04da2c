"""Right and wrong answers to the exercises of the chapter on backpropagation."""

import numpy as np

ORDER = ["forward", "backward", "update", "clear"]


def _sum_right(G, shape, axis):
    return np.broadcast_to(np.expand_dims(G, axis), shape).copy()


def _sum_by_ones(G, shape, axis):
    return np.expand_dims(G, axis) * np.ones(shape)


def _sum_of_square_transposed(G, shape, axis):
    if len(set(shape)) == 1:
        return np.broadcast_to(G, shape)
    return _sum_right(G, shape, axis)


def _sum_times_length(G, shape, axis):
    return _sum_right(G, shape, axis) * shape[axis]


def _sum_changing_its_input(G, shape, axis):
    G *= 1.5
    return _sum_right(G / 1.5, shape, axis)


def _sum_as_mean(G, shape, axis):
    return _sum_right(G, shape, axis) / shape[axis]


def _softmax_right(P, G):
    return P * (G - (G * P).sum(axis=1, keepdims=True))


def _softmax_in_two_parts(P, G):
    return G * P - P * np.einsum("bi,bi->b", G, P)[:, None]


def _softmax_by_jacobian(P, G):
    rows = [g @ (np.diag(p) - np.outer(p, p)) for p, g in zip(P, G, strict=True)]
    return np.array(rows)


def _softmax_by_einsum(P, G):
    J = P[:, :, None] * (np.eye(P.shape[1]) - P[:, None, :])
    return np.einsum("bi,bij->bj", G, J)


def _softmax_overwriting(P, G):
    G -= (G * P).sum(axis=1, keepdims=True)
    return P * G


def _softmax_over_everything(P, G):
    return P * (G - (G * P).sum())


def _softmax_without_factor(P, G):
    return P * G - (G * P).sum(axis=1, keepdims=True)


def _softmax_diagonal(P, G):
    return G * P * (1 - P)


def _softmax_over_batch(P, G):
    return P * (G - (G * P).sum(axis=0, keepdims=True))


def _softmax_unweighted(P, G):
    return P * (G - G.sum(axis=1, keepdims=True))


def _softmax_plain_mean(P, G):
    return P * (G - G.mean(axis=1, keepdims=True))


def _softmax_without_axis(P, G):
    return P * (G - (G * P).sum(axis=1))


def _order(node, found):
    for parent in node.parents:
        if parent not in found:
            _order(parent, found)
    found.append(node)
    return found


def _backward_right(loss):
    loss.grad = 1.0
    for node in reversed(_order(loss, [])):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local


def _backward_by_counting(loss):
    order = _order(loss, [])
    waits = {node: 0 for node in order}
    for node in order:
        for parent in node.parents:
            waits[parent] += 1
    loss.grad, ready = 1.0, [loss]
    while ready:
        node = ready.pop()
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local
            waits[parent] -= 1
            if waits[parent] == 0:
                ready.append(parent)


def _backward_unsorted(loss):
    loss.grad, waiting, seen = 1.0, [loss], {loss}
    while waiting:
        node = waiting.pop()
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)


def _backward_sending_again(loss):
    def send(node):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local
        for parent in dict.fromkeys(node.parents):
            send(parent)

    loss.grad = 1.0
    send(loss)


def _backward_overwriting(loss):
    loss.grad = 1.0
    for node in reversed(_order(loss, [])):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad = node.grad * local


def _backward_of_leaves(loss):
    grads = {loss: 1.0}
    for node in reversed(_order(loss, [])):
        for parent, local in zip(node.parents, node.local, strict=True):
            grads[parent] = grads.get(parent, 0.0) + grads[node] * local
        if not node.parents:
            node.grad = grads[node]


def _backward_tidying_up(loss):
    _backward_right(loss)
    for node in _order(loss, []):
        if node.parents:
            node.grad = 0.0


def _backward_without_start(loss):
    for node in reversed(_order(loss, [])):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local


def _step(order, name="backward"):
    return {"order": order.split(), "backpropagation": name}


RIGHT = {
    "training_step": [
        _step("clear forward backward update"),
        _step("forward clear backward update"),
        {"order": tuple(ORDER), "backpropagation": "backward"},
    ],
    "gradients": [{"z": 12.0, "w": 25.0, "x": 36.0}, {"z": 12, "w": 25, "x": 36}],
    "vjp_sum": [_sum_right, _sum_by_ones],
    "vjp_softmax": [_softmax_right, _softmax_in_two_parts],
    "best_step": [
        {"float32": 1e-2, "float64": 1e-5},
        {"float32": np.float32(0.01), "float64": np.float64(1e-5)},
    ],
    "backward": [_backward_right, _backward_by_counting],
}

WRONG = {
    "training_step": [
        (_step("clear forward update backward"), "has no gradients yet"),
        (_step("clear backward forward update"), "needs the values"),
        (_step("forward backward clear update"), "throws the gradients away"),
        (_step("clear forward backward backward"), "each of the four words"),
        (_step("Clear Forward Backward Update"), "small letters"),
        (_step("clear forward backward update", "update"), "optimiser's"),
        (_step("clear forward backward update", "forward"), "prepares"),
        (_step("clear forward backward update", ["backward"]), "one of the four"),
        ({"order": ORDER}, "needs the keys"),
    ],
    "gradients": [
        ({"z": 12.0, "w": 24.0, "x": 36.0}, "direct arrow"),
        ({"z": 6.0, "w": 13.0, "x": 18.0}, "used twice"),
        ({"z": 12.0, "w": 13.0, "x": 36.0}, "one of the two shares"),
        ({"z": 12.0, "w": 25.0, "x": 24.0}, "carries `w`"),
        ({"z": 12.0, "w": 25.0, "x": 12.0}, "its own arrow"),
        ({"z": 12.0, "w": 1.0, "x": 36.0}, "through `z`"),
    ],
    "vjp_sum": [
        (_sum_of_square_transposed, "wrong axis"),
        (_sum_as_mean, "VJP of a mean"),
        (_sum_times_length, "multiplied by the length"),
        (lambda G, shape, axis: G, "shape of the sum"),
        (lambda G, shape, axis: np.expand_dims(G, axis), "repeat along it"),
        (_sum_changing_its_input, "changes its input `G`"),
    ],
    "vjp_softmax": [
        (_softmax_by_jacobian, "form no array of shape (K, K)"),
        (_softmax_by_einsum, "form no array of shape (K, K)"),
        (_softmax_overwriting, "changes its input `G`"),
        (_softmax_diagonal, "diagonal"),
        (_softmax_over_batch, "axis 0"),
        (_softmax_over_everything, "over everything"),
        (_softmax_without_factor, "lacks its factor"),
        (_softmax_unweighted, "weights"),
        (_softmax_plain_mean, "plain mean"),
        (lambda P, G: -_softmax_right(P, G), "wrong sign"),
        (_softmax_without_axis, "ValueError"),
    ],
    "best_step": [
        ({"float32": 1e-5, "float64": 1e-2}, "swapped"),
        ({"float32": 1e-12, "float64": 1e-5}, "For float32 a larger step"),
        ({"float32": 1e-2, "float64": 1e-1}, "For float64 a smaller step"),
        ({"float32": 1e-2, "float64": 1e-6}, "For float64 a larger step"),
        ({"float32": 1e-8, "float64": 1e-9}, "For float32 a larger step"),
        ({"float32": -2, "float64": -5}, "not its exponent"),
        ({"float32": 0.02, "float64": 1e-5}, "not one of the twelve"),
        ({"float32": "1e-2", "float64": 1e-5}, "of type `str`"),
        ({"float32": 1e-2}, "needs the keys"),
    ],
    "backward": [
        (_backward_unsorted, "before all its shares"),
        (_backward_sending_again, "twice"),
        (_backward_overwriting, "`+=`"),
        (_backward_without_start, "start with 1"),
        (_backward_of_leaves, "`.grad` of L is 0.0"),
        (_backward_tidying_up, "fill all nodes"),
    ],
}
