"""The functions behind generated questions: each computes one answer from numbers.

A question in `study/` names a function and gives a range for each of its arguments.
The page draws numbers and computes the answer itself: the functions are translated to
JavaScript, so each is one `return` of arithmetic (and `min`, `max`, `abs`, `math.*`).
A function that is a typical mistake says which one.
"""


def conv_output_size(n: int, k: int, p: int = 0, s: int = 1, d: int = 1) -> int:
    """Size of the output for input n, kernel k, padding p, stride s, dilation d."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


def conv_output_size_padded_once(
    n: int, k: int, p: int = 0, s: int = 1, d: int = 1
) -> int:
    """Mistake: padding counted on one side only."""
    return (n + p - d * (k - 1) - 1) // s + 1


def conv_output_size_without_one(
    n: int, k: int, p: int = 0, s: int = 1, d: int = 1
) -> int:
    """Mistake: steps counted, not positions (the + 1 is missing)."""
    return (n + 2 * p - d * (k - 1) - 1) // s


def conv_parameters(c_in: int, c_out: int, k: int) -> int:
    """Weights and biases of a convolution with c_out kernels of c_in by k by k."""
    return c_out * (c_in * k * k + 1)


def conv_parameters_without_bias(c_in: int, c_out: int, k: int) -> int:
    """Mistake: biases left out."""
    return c_out * c_in * k * k


def conv_parameters_one_channel(c_in: int, c_out: int, k: int) -> int:
    """Mistake: a kernel taken as flat, one k-by-k patch for all input channels."""
    return c_out * (k * k + 1)


def squared_error_gradient(w: float, x: float, y: float) -> float:
    """Derivative of (w x - y)² with respect to w."""
    return 2 * (w * x - y) * x


def squared_error_gradient_unchained(w: float, x: float, y: float) -> float:
    """Mistake: the inner derivative x forgotten."""
    return 2 * (w * x - y)
