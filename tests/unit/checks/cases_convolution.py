"""Right and wrong answers to the exercises of the chapter on convolution."""

import numpy as np
import torch
import torch.nn.functional as F

BLUR = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]])[None, None] / 16


def _same_right(k, d):
    lost = d * (k - 1)
    return lost // 2, lost - lost // 2


def _same_in_numpy(k, d):
    lost = np.int64(d * (k - 1))
    return lost // 2, lost - lost // 2


def _same_half_kernel(k, d):
    return d * (k // 2), d * (k // 2)


def _same_rounded_down(k, d):
    return d * (k - 1) // 2, d * (k - 1) // 2


def _same_undilated(k, d):
    return (k - 1) // 2, k - 1 - (k - 1) // 2


def _same_all_on_both_sides(k, d):
    return d * (k - 1), d * (k - 1)


def _same_extra_in_front(k, d):
    return _same_right(k, d)[::-1]


def _same_one_number(k, d):
    return d * (k - 1) // 2


def _causal_right(x, w, d):
    k = len(w)
    padded = np.concatenate([np.zeros(d * (k - 1)), x])
    patches = np.array([padded[t : t + d * (k - 1) + 1 : d] for t in range(len(x))])
    return patches @ w


def _causal_with_loops(x, w, d):
    y = np.zeros(len(x))
    for t in range(len(x)):
        for u in range(len(w)):
            past = t - d * (len(w) - 1 - u)
            y[t] += w[u] * x[past] if past >= 0 else 0
    return y


def _causal_wrapped(x, w, d):
    y = np.zeros(len(x))
    for t in range(len(x)):
        for u in range(len(w)):
            y[t] += w[u] * x[t - d * (len(w) - 1 - u)]
    return y


def _causal_rounded(x, w, d):
    return _causal_right(x, w, d).astype(x.dtype)


def _causal_flipped(x, w, d):
    return _causal_right(x, w[::-1], d)


def _causal_into_the_future(x, w, d):
    return _causal_right(x[::-1], w[::-1], d)[::-1]


def _causal_centred(x, w, d):
    half = d * (len(w) - 1) // 2
    return _causal_right(np.append(x, np.zeros(half)), w, d)[half:]


def _causal_shorter(x, w, d):
    return _causal_right(x, w, d)[d * (len(w) - 1) :]


def _causal_undilated(x, w, d):
    return _causal_right(x, w, 1)


def _causal_in_place(x, w, d):
    y = _causal_right(x, w, d)
    x[:] = 0
    return y


def _blur_right(X):
    return F.conv2d(X, BLUR, stride=2)


def _blur_in_two_steps(X):
    return F.conv2d(X, BLUR)[:, :, ::2, ::2]


def _blur_missing(X):
    return X[:, :, ::2, ::2]


def _blur_without_stride(X):
    return F.conv2d(X, BLUR)


def _blur_too_late(X):
    return F.conv2d(X[:, :, ::2, ::2], BLUR)


def _blur_unscaled(X):
    return F.conv2d(X, 16 * BLUR, stride=2)


def _blur_divided_by_nine(X):
    return F.conv2d(X, 16 / 9 * BLUR, stride=2)


def _blur_padded(X):
    return F.conv2d(X, BLUR, stride=2, padding=1)


def _pool_right(X, k):
    B, C, n, _ = X.shape
    return X.reshape(B, C, n // k, k, n // k, k).amax((3, 5))


def _pool_by_library(X, k):
    return F.max_pool2d(X, k)


def _pool_far_apart(X, k):
    B, C, n, _ = X.shape
    return X.reshape(B, C, k, n // k, k, n // k).amax((2, 4))


def _pool_wrong_parts(X, k):
    B, C, n, _ = X.shape
    return X.reshape(B, C, n // k, k, n // k, k).amax((2, 4))


def _pool_mean(X, k):
    return F.avg_pool2d(X, k)


def _pool_over_rows_only(X, k):
    B, C, n, _ = X.shape
    return X.reshape(B, C, n // k, k, n // k, k).amax(3).amax(2)


_COUNTS = {"field of two": 5, "parameters of two": 73856, "parameters of one": 102464}

RIGHT = {
    "same_padding": [_same_right, _same_in_numpy],
    "causal_conv1d": [_causal_right, _causal_with_loops],
    "stacked_kernels": [
        _COUNTS,
        {
            "field of two": 1 + 2 + 2,
            "parameters of two": 2 * 64 * (64 * 9 + 1),
            "parameters of one": 64 * (64 * 25 + 1),
        },
    ],
    "blurred_stride": [_blur_right, _blur_in_two_steps],
    "first_window": [[0, 2, 8, 10], (10.0, 8.0, 2.0, 0.0)],
    "max_pool": [_pool_right, _pool_by_library],
}

WRONG = {
    "same_padding": [
        (_same_half_kernel, "grows by 1"),
        (_same_rounded_down, "shrinks by 1"),
        (_same_undilated, "forgets the dilation"),
        (_same_all_on_both_sides, "twice too much"),
        (_same_extra_in_front, "put it behind"),
        (_same_one_number, "expected 2 values"),
    ],
    "causal_conv1d": [
        (_causal_flipped, "kernel is flipped"),
        (_causal_into_the_future, "later values"),
        (_causal_centred, "half into the future"),
        (_causal_shorter, "pad with zeros"),
        (_causal_undilated, "dilation is not used"),
        (_causal_in_place, "changes its input `x`"),
        (_causal_wrapped, "negative index"),
        (_causal_rounded, "round the result"),
    ],
    "stacked_kernels": [
        ({**_COUNTS, "field of two": 6}, "windows overlap"),
        ({**_COUNTS, "field of two": 9}, "each adds k - 1"),
        ({**_COUNTS, "parameters of two": 36928}, "counts one layer"),
        ({**_COUNTS, "parameters of two": 73728}, "lacks the biases"),
        ({**_COUNTS, "parameters of one": 102400}, "lacks the biases"),
        ({**_COUNTS, "parameters of two": 73730}, "bias for each"),
        ({**_COUNTS, "parameters of one": 102401}, "bias for each"),
        ({**_COUNTS, "parameters of two": 1280}, "all 64 input channels"),
        ({**_COUNTS, "parameters of one": 1664}, "all 64 input channels"),
    ],
    "blurred_stride": [
        (_blur_missing, "stride without the blur"),
        (_blur_without_stride, "blur without the stride"),
        (_blur_too_late, "too late"),
        (_blur_unscaled, "sum to 1"),
        (_blur_divided_by_nine, "sum to 1"),
        (_blur_padded, "has shape"),
    ],
    "first_window": [
        ([0, 1, 4, 5], "would be right"),
        ([0, 1, 2, 3], "expected 2"),
        ([0, 2, 8], "expected 4"),
    ],
    "max_pool": [
        (_pool_far_apart, "n/k apart"),
        (_pool_wrong_parts, "wrong parts"),
        (_pool_mean, "mean of each window"),
        (_pool_over_rows_only, "shape"),
    ],
}
