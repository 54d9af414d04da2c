"""Checks of the exercises of `chapters/cnns/convolution.md`."""

import numpy as np

from utils.checks._compare import (
    allclose,
    close,
    equal,
    function,
    is_a,
    parts,
    shape,
    untouched,
)
from utils.checks._verdict import Mistake, checked

COUNTS = {"field of two": 5, "parameters of two": 73_856, "parameters of one": 102_464}


@checked(hint="How many places does an axis lose without padding?")
def same_padding(learner) -> str:
    """Check the padding (before, after) that keeps the size at stride 1."""
    function(learner, "`same_padding`")
    for k, d in ((3, 1), (5, 1), (3, 2), (1, 1), (4, 1), (2, 3)):
        what = f"`same_padding({k}, {d})`"
        before, after = parts(learner(k, d), 2, what)
        for cells in (before, after):
            is_a(cells, (int, np.integer), f"Each part of {what}")
        lost = d * (k - 1)
        if lost and (before, after) == (lost, lost):
            raise Mistake(f"{what} is twice too much: split the lost cells in two.")
        if d > 1 and k > 1 and before + after == k - 1:
            raise Mistake(f"{what} forgets the dilation: the kernel spans {lost + 1}.")
        if lost % 2 and before == after:
            size = "grows" if 2 * before > lost else "shrinks"
            raise Mistake(
                f"{what}: with the same on both sides, the output {size} by 1."
            )
        if (before, after) == (lost - lost // 2, lost // 2) and lost % 2:
            raise Mistake(f"{what} has the extra cell in front; put it behind.")
        equal((before, after), (lost // 2, lost - lost // 2), what)
    return "Odd and even kernels, with and without dilation, all keep their size."


@checked(hint="Start with the case on paper: what does each value of y read?")
def causal_conv1d(learner) -> str:
    """Check a causal, dilated cross-correlation of x (T,) with w (k,)."""
    function(learner, "`causal_conv1d`")
    rng = np.random.default_rng(0)
    for n, k, d in ((6, 2, 1), (9, 3, 1), (12, 3, 2), (12, 2, 4), (5, 3, 4)):
        x, w = rng.normal(size=n), rng.normal(size=k)
        want, past = _causal(x, w, d), d * (k - 1)
        with untouched(x=x, w=w):
            got = learner(x, w, d)
        if close(got, want[past:]):
            raise Mistake("The output is shorter than the input: pad with zeros first.")
        if close(got, _causal(x[::-1], w[::-1], d)[::-1]):
            raise Mistake("`y[t]` uses later values of `x`: put the zeros in front.")
        centred = _causal(np.append(x, np.zeros(past // 2)), w, d)[past // 2 :]
        if past > 1 and close(got, centred):
            raise Mistake("`y[t]` looks half into the future: put all zeros in front.")
        if close(got, sum(w[u] * np.roll(x, past - d * u) for u in range(k))):
            raise Mistake(
                "A negative index reads from the end of `x`; before it stand zeros."
            )
        if close(got, _causal(x, w[::-1], d)):
            raise Mistake(
                "The kernel is flipped: `w[-1]` belongs to the present, x[t]."
            )
        if d > 1 and close(got, _causal(x, w, 1)):
            raise Mistake("The dilation is not used: step through the past by `d`.")
        allclose(got, want, f"The result for T = {n}, k = {k}, d = {d}")
    x, w = np.arange(1, 7), np.array([0.5, 0.25])
    got = learner(x, w, 1)
    if np.asarray(got).dtype.kind in "iu":
        raise Mistake("Whole numbers in `x` round the result: make `y` of floats.")
    allclose(got, _causal(x, w, 1), "The result for whole numbers in `x`")
    return "No output depends on the future."


@checked(hint="The chapter has a formula for each of the three numbers.")
def stacked_kernels(learner: dict[str, int]) -> str:
    """Check field and parameters of two 3 by 3 layers against one 5 by 5, C = 64."""
    is_a(learner, dict, "`answer`")
    for name, value, mistake in (
        ("field of two", 6, "`field of two` adds widths; the two windows overlap."),
        ("field of two", 9, "`field of two` multiplies widths; each adds k - 1."),
        ("parameters of two", 36_928, "`parameters of two` counts one layer."),
        ("parameters of two", 73_728, "`parameters of two` lacks the biases."),
        ("parameters of one", 102_400, "`parameters of one` lacks the biases."),
        (
            "parameters of two",
            73_730,
            "There is a bias for each of 64 output channels.",
        ),
        (
            "parameters of one",
            102_401,
            "There is a bias for each of 64 output channels.",
        ),
        ("parameters of two", 1_280, "A kernel covers all 64 input channels, not one."),
        ("parameters of one", 1_664, "A kernel covers all 64 input channels, not one."),
    ):
        if close(learner.get(name), value):
            raise Mistake(mistake)
    allclose(learner, COUNTS, "`answer`")
    return "The same field for 28 % fewer parameters, and a nonlinearity more."


@checked(hint="Convolve with the blur kernel at stride 2: both steps in one call.")
def blurred_stride(learner) -> str:
    """Check blur and stride 2 of X (B, 1, n, n)."""
    import torch
    import torch.nn.functional as F

    function(learner, "`blurred_stride`")
    X = torch.randn(1, 1, 33, 33, generator=torch.Generator().manual_seed(0))
    blur = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]])[None, None] / 16
    plain, want = X[:, :, ::2, ::2], F.conv2d(X, blur, stride=2)
    got = learner(X.clone())
    if close(got, plain) or close(got, X[:, :, 1:-1:2, 1:-1:2]):
        raise Mistake("That is the stride without the blur: all its aliasing is left.")
    if close(got, F.conv2d(X, blur)):
        raise Mistake("That is the blur without the stride: the size must be halved.")
    if close(got, F.conv2d(plain, blur)):
        raise Mistake("You blur after sampling: too late, the aliasing is already in.")
    for total in (1, 9):
        if close(got, 16 / total * want):
            raise Mistake("The weights of the blur must sum to 1: divide by 16.")
    shape(got, tuple(want.shape), "The result for 33 by 33")
    allclose(got, want, "The result")
    return "Blur first, then sample: what is left between the samples varies slowly."


@checked(hint="Which numbers between 0 and 15 have the maximum 10 here?")
def first_window(learner) -> str:
    """Check the numbers of the broken pooling's first window, in any order."""
    numbers = sorted(float(x) for x in parts(learner, 4, "`window`"))
    if numbers == [0, 1, 4, 5]:
        raise Mistake("These would be right; the broken pooling takes others.")
    equal(numbers, [0.0, 2.0, 8.0, 10.0], "`window`, sorted,")
    return "Pixels that lie n/k = 2 apart, in both directions."


@checked(hint="Print the windows of a 4 by 4 picture with the numbers 0 to 15.")
def max_pool(learner) -> str:
    """Check k by k max pooling of X (B, C, n, n)."""
    import torch
    import torch.nn.functional as F

    function(learner, "`max_pool`")
    for n, k in ((6, 2), (6, 3), (4, 2)):
        X = torch.randn(2, 3, n, n, generator=torch.Generator().manual_seed(n))
        got, m = learner(X.clone(), k), n // k
        if close(got, X.reshape(2, 3, k, m, k, m).amax((2, 4))):
            raise Mistake("The windows still hold pixels that lie n/k apart.")
        if m != k and close(got, X.reshape(2, 3, m, k, m, k).amax((2, 4))):
            raise Mistake("You split rightly and reduced the wrong parts.")
        if close(got, X.reshape(2, 3, m, k, m, k).mean((3, 5))):
            raise Mistake("That is the mean of each window; keep the largest value.")
        allclose(got, F.max_pool2d(X, k), f"The result for n = {n}, k = {k}")
    return "Equal to F.max_pool2d: each window holds neighbours."


def _causal(x: np.ndarray, w: np.ndarray, d: int) -> np.ndarray:
    """Return y with y[t] = Σ_u w[u] · x[t - d · (k - 1 - u)], zero before x[0]."""
    padded = np.concatenate([np.zeros(d * (len(w) - 1)), x])
    return sum(w[u] * padded[d * u : d * u + len(x)] for u in range(len(w)))
