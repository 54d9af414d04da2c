"""Checks of the exercises of `chapters/foundations/backpropagation.md`."""

import tracemalloc

import numpy as np

from utils.checks._compare import allclose, close, function, is_a, parts, untouched
from utils.checks._verdict import Mistake, checked

ACTIONS = ["backward", "clear", "forward", "update"]
STEPS = [10.0**-k for k in range(1, 13)]


@checked(hint="Begin with what the backward pass needs, end with what needs gradients.")
def training_step(learner: dict[str, list[str] | str]) -> str:
    """Check the order of the actions of a training step, and which is backprop."""
    _has_keys(learner, ["order", "backpropagation"], "`training_step`")
    order = parts(learner["order"], 4, "The order")
    if sorted(map(str, order)) != ACTIONS:
        raise Mistake("Use each of the four words once, in small letters.")
    clear, forward, backward, update = (
        order.index(action) for action in ("clear", "forward", "backward", "update")
    )
    if backward < forward:
        raise Mistake("`backward` before `forward`: it needs the values and the loss.")
    if update < backward:
        raise Mistake("`update` before `backward`: this loss has no gradients yet.")
    if backward < clear < update:
        raise Mistake("`clear` after `backward` throws the gradients away before use.")
    name = learner["backpropagation"]
    if name == "update":
        raise Mistake(
            "The update is the optimiser's: it uses what backpropagation found."
        )
    if name == "forward":
        raise Mistake("The forward pass finds no gradient: it prepares the ground.")
    if name != "backward":
        raise Mistake("Name one of the four words as `backpropagation`: what finds it?")
    return "Backward is backpropagation, forward prepares it; the update is neither."


@checked(hint="Write the local derivative on each arrow; two arrows lead away from w.")
def gradients(learner: dict[str, float]) -> str:
    """Check the gradients of L = z·z + w, z = w·x, at w = 3 and x = 2."""
    is_a(learner, dict, "`gradients`")
    for name, value, mistake in (
        ("z", 6.0, "`z` is used twice in z·z: add both shares."),
        ("z", 39.0, "`z` holds the loss; its gradient is wanted."),
        ("w", 24.0, "`w` lacks the share of its direct arrow to the sum."),
        ("w", 13.0, "`w` was computed with one of the two shares of `z`."),
        ("w", 1.0, "`w` lacks the share that comes through `z`."),
        ("x", 18.0, "`x` was computed with one of the two shares of `z`."),
        ("x", 24.0, "`x` was multiplied by itself: the arrow x → z carries `w`."),
        ("x", 12.0, "`x` got the gradient of `z`, without its own arrow to `z`."),
    ):
        if close(learner.get(name), value):
            raise Mistake(mistake)
    allclose(learner, {"z": 12.0, "w": 25.0, "x": 36.0}, "`gradients`")
    return "Shares add: 12 = 6 + 6, and 25 = 24 + 1."


@checked(hint="Each entry of X gets the gradient of the sum that it went into.")
def vjp_sum(learner) -> str:
    """Check the VJP of X.sum(axis) on square, long and three-axis arrays."""
    function(learner, "`vjp_sum`")
    rng = np.random.default_rng(0)
    for shape, axis in (((2, 3), 0), ((3, 3), 1), ((3, 3), 0), ((2, 3, 4), 1)):
        G = rng.normal(size=np.empty(shape).sum(axis=axis).shape)
        want = np.expand_dims(G, axis) + np.zeros(shape)
        with untouched(G=G):
            got = learner(G, shape, axis)
        if close(got, want / shape[axis]):
            raise Mistake("You divided by the length: that is the VJP of a mean.")
        if close(got, want * shape[axis]):
            raise Mistake("You multiplied by the length: each entry has one share.")
        if close(got, G):
            raise Mistake("The result has the shape of the sum, not of `X`.")
        if close(got, np.expand_dims(G, axis)):
            raise Mistake("The lost axis is back, with length 1: repeat along it.")
        if len(set(shape)) == 1 and close(got, np.swapaxes(want, 0, 1)):
            raise Mistake(
                f"`G` is spread along the wrong axis for a sum over axis {axis}: "
                "NumPy aligns shapes from the right."
            )
        allclose(got, want, f"The gradient for shape {shape}, axis {axis}")
    return "A sum repeats backward, as broadcasting sums backward."


@checked(hint="Split the sum over i into the part with i = j and the rest.")
def vjp_softmax(learner) -> str:
    """Check the VJP of a row-wise softmax against the full Jacobian."""
    function(learner, "`vjp_softmax`")
    rng = np.random.default_rng(1)
    Z, G = rng.normal(size=(2, 4, 5))
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    J = P[:, :, None] * (np.eye(5) - P[:, None, :])  # (B, K, K)
    want = np.einsum("bi,bij->bj", G, J)
    with untouched(P=P, G=G):
        got = learner(P, G)
    if close(got, G * P * (1 - P)):
        raise Mistake("Only the diagonal: one logit moves all probabilities of a row.")
    mean = (G * P).sum(axis=1, keepdims=True)
    if close(got, P * (G - (G * P).sum(axis=0, keepdims=True))):
        raise Mistake(
            "Summed over the batch (axis 0): each row is a softmax by itself."
        )
    if close(got, P * (G - (G * P).sum())):
        raise Mistake("Summed over everything: each row needs a sum of its own.")
    if close(got, P * G - mean):
        raise Mistake("The second part lacks its factor: p_j times the sum of the row.")
    if close(got, P * (G - G.sum(axis=1, keepdims=True))):
        raise Mistake("The sum of `G` lacks its weights: it is the sum of G · P.")
    if close(got, P * (G - G.mean(axis=1, keepdims=True))):
        raise Mistake("The plain mean of `G`; wanted is the mean under `P`.")
    if close(got, -want):
        raise Mistake("The result has the wrong sign.")
    allclose(got, want, "The gradient with respect to the logits")
    _forms_no_jacobian(learner, K=3000)
    return "Equal to the full Jacobian, which you never formed."


def _forms_no_jacobian(learner, K: int) -> None:
    """Run the learner's VJP on one row of K; demand far less than K · K numbers."""
    P, G = np.full((1, K), 1 / K), np.ones((1, K))
    tracemalloc.start()
    try:
        learner(P, G)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if peak > 2 * K * K:
        raise Mistake(
            f"Right, but for {K:,} classes it takes {peak / 1e6:.0f} MB: "
            "form no array of shape (K, K)."
        )


@checked(hint="Compute the error for each step and take the step of the smallest.")
def best_step(learner: dict[str, float]) -> str:
    """Check the best steps of central differences of exp in two precisions."""
    _has_keys(learner, ["float32", "float64"], "`best_step`")
    if _near(learner["float32"], 1e-5) and _near(learner["float64"], 1e-2):
        raise Mistake("The two are swapped: fewer digits want the larger step.")
    for name, best in (("float32", 1e-2), ("float64", 1e-5)):
        step = learner[name]
        is_a(step, (int, float, np.floating), f"The step of {name}")
        if step < 0:
            raise Mistake(f"Give the step of {name} itself, not its exponent.")
        if not any(_near(step, one) for one in STEPS):
            raise Mistake(f"The step of {name} is not one of the twelve.")
        if not _near(step, best):
            other = "smaller" if step > best else "larger"
            raise Mistake(f"For {name} a {other} step is better: compare all twelve.")
    return "Near the cube root of the relative rounding error, 1e-7 and 1e-16."


def _near(got, want: float) -> bool:
    """Tell whether two steps are the same, however small."""
    return close(got, want, rtol=0.01, atol=0)


def _has_keys(learner, keys: list[str], what: str) -> None:
    """Demand a dict with exactly these keys."""
    is_a(learner, dict, what)
    if set(learner) != set(keys):
        raise Mistake(f"{what} needs the keys {' and '.join(map(repr, keys))}.")


class _Node:
    """A scalar node as in the exercise: value, grad, parents, local."""

    def __init__(self, value: float, parents: tuple = (), local: tuple = ()) -> None:
        """Hold a value; the gradient starts at zero."""
        self.value, self.parents, self.local = value, parents, local
        self.grad = 0.0


@checked(hint="Sort the nodes, parents first; then sweep in reverse.", in_place=True)
def backward(learner) -> str:
    """Check a backward pass on a chain, a double use, and skip connections."""
    function(learner, "`backward`")
    x = _Node(2.0)
    y = _Node(6.0, (x,), (3.0,))
    _run(learner, _Node(24.0, (y,), (4.0,)), x, 12.0, "a chain")
    x = _Node(3.0)
    square = _Node(9.0, (x, x), (3.0, 3.0))
    _run(learner, square, x, 6.0, "x · x (one value, used twice)")
    for name, swap in (("relu(s) + s", False), ("s + relu(s)", True)):
        x = _Node(3.0)
        s = _Node(9.0, (x, x), (3.0, 3.0))
        h = _Node(9.0, (s,), (1.0,))
        loss = _Node(18.0, (s, h) if swap else (h, s), (1.0, 1.0))
        _run(learner, loss, x, 12.0, name)
        for who, node, want in (("L", loss, 1.0), ("relu(s)", h, 1.0), ("s", s, 2.0)):
            if not close(node.grad, want):
                found = f"`.grad` of {who} is {node.grad}"
                raise Mistake(f"x is right, but {found}: fill all nodes.")
    ladder = x = _Node(1.0)
    for _ in range(12):
        ladder = _Node(1.0, (ladder, _Node(1.0, (ladder,), (1.0,))), (1.0, 1.0))
    _run(learner, ladder, x, 2.0**12, "twelve skip connections in a row")
    return "Right on chains, double uses and skip connections."


def _run(learner, loss: _Node, x: _Node, want: float, where: str) -> None:
    """Run the learner's pass; demand the gradient of x, or name the mistake."""
    learner(loss)
    if close(x.grad, 0.0):
        raise Mistake(f"On {where} nothing arrives: start with 1, at the loss.")
    if close(x.grad, 3.0) and want == 6.0:
        raise Mistake(f"On {where} only the last share is left: use `+=`, not `=`.")
    if "relu" in where and close(x.grad, 6.0):
        when = "before all its shares have arrived"
        raise Mistake(f"On {where} the node s passes on {when}: sort first.")
    if "relu" in where and (close(x.grad, 18.0) or close(x.grad, 24.0)):
        raise Mistake(f"On {where} the node s passes on twice: sort first.")
    allclose(x.grad, want, f"The gradient of x on {where}")
