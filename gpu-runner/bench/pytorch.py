#!/usr/bin/env python3
"""PyTorch's operator on the problem of an assignment: the same inputs, its median time, and how far its values are from ours.

Asked by `./warpgrade gpu-checks`, which writes the problem. Times as WarpGrade does (org.warpgrade.gpu.timing): the L2 cache
flushed before each repetition, CUDA events around it, the median. TF32 is off, since the references are fp32.

    pytorch.py --version                                 what torch this is, and the GPU that it sees; fails without
    pytorch.py --problem FOLDER --operator op-softmax    "MICROSECONDS DIFFERENCE"; fails if there is no such operator
"""

import argparse
import json
import pathlib
import statistics
import sys

REPETITIONS = 30
WARM_UPS = 3


def linear(f, x, w, b):
    return f.linear(x, w, b)


def attention(torch, x, memory, weights, heads):
    """Multi-head attention as assignments have it: y = x W^T + b, heads split from the width."""
    f = torch.nn.functional
    wq, bq, wk, bk, wv, bv, wo, bo = weights
    batch, length, width = x.shape

    def split(t):
        return t.view(batch, -1, heads, width // heads).transpose(1, 2)

    q, k, v = split(linear(f, x, wq, bq)), split(linear(f, memory, wk, bk)), split(linear(f, memory, wv, bv))
    context = f.scaled_dot_product_attention(q, k, v)
    return linear(f, context.transpose(1, 2).reshape(batch, length, width), wo, bo)


def feed_forward(torch, x, w1, b1, w2, b2):
    f = torch.nn.functional
    return linear(f, f.gelu(linear(f, x, w1, b1)), w2, b2)


def encoder_layer(torch, b, sizes):
    f = torch.nn.functional
    width = sizes["H"]
    x, attention_weights, (g1, c1), ffn, (g2, c2) = b[0], b[1:9], b[9:11], b[11:15], b[15:17]
    a = f.layer_norm(x + attention(torch, x, x, attention_weights, sizes["A"]), (width,), g1, c1, 1e-5)
    return f.layer_norm(a + feed_forward(torch, a, *ffn), (width,), g2, c2, 1e-5)


def operators(torch):
    """By assignment: from its buffers, in the order of the call, and its sizes to what its outputs must hold, in order."""
    f = torch.nn.functional
    return {
        "cuda-saxpy": lambda b, s: [torch.add(b[1], b[0], alpha=2.0)],
        "cuda-reduce": lambda b, s: [b[0].sum(dim=1)],
        "cuda-gemm": lambda b, s: [torch.matmul(b[0], b[1])],
        "op-softmax": lambda b, s: [torch.softmax(b[0], dim=-1)],
        "op-layernorm": lambda b, s: list(torch.native_layer_norm(b[0], (s["cols"],), b[1], b[2], 1e-5)),
        "op-activations": lambda b, s: [f.gelu(b[0])],
        "attn-sdpa": lambda b, s: [f.scaled_dot_product_attention(b[0], b[1], b[2], scale=0.125)],
        "attn-mha": lambda b, s: [attention(torch, b[0], b[1], b[2:10], s["A"])],
        "blk-ffn": lambda b, s: [feed_forward(torch, *b[0:5])],
        "blk-encoder-layer": lambda b, s: [encoder_layer(torch, b, s)],
    }


def tensor(torch, path, buffer):
    data = bytearray(path.read_bytes())
    return torch.frombuffer(data, dtype=torch.float32).reshape(buffer["shape"]).cuda()


def difference(results, expected):
    """The largest root mean square of the differences, relative to that of the values."""
    worst = 0.0
    for ours, theirs in zip(expected, results):
        theirs = theirs.reshape(ours.shape).double()
        ours = ours.double()
        worst = max(worst, ((theirs - ours).pow(2).mean().sqrt() / ours.pow(2).mean().sqrt()).item())
    return worst


def median_micros(torch, run):
    properties = torch.cuda.get_device_properties(0)
    l2 = getattr(properties, "L2_cache_size", 64 << 20)
    flush = torch.empty(4 * l2 // 4, dtype=torch.int32, device="cuda")
    times = []
    for i in range(REPETITIONS + WARM_UPS):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        torch.cuda.synchronize()
        flush.zero_()  # runs while the launches that follow are queued
        start.record()
        run()
        end.record()
        torch.cuda.synchronize()
        if i >= WARM_UPS:
            times.append(1000.0 * start.elapsed_time(end))
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--problem", type=pathlib.Path)
    parser.add_argument("--operator")
    arguments = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("this machine has no torch", file=sys.stderr)
        return 3
    if not torch.cuda.is_available():
        print("torch sees no GPU here", file=sys.stderr)
        return 3
    if arguments.version:
        print(f"torch {torch.__version__} on {torch.cuda.get_device_properties(0).name}")
        return 0
    operator = operators(torch).get(arguments.operator)
    if operator is None:
        print(f"no operator for {arguments.operator}", file=sys.stderr)
        return 2
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    problem = json.loads((arguments.problem / "problem.json").read_text())
    buffers, expected = [], []
    for i, buffer in enumerate(problem["buffers"]):
        given = arguments.problem / f"{i}.in"
        buffers.append(tensor(torch, given, buffer) if given.exists() else None)
        right = arguments.problem / f"{i}.out"
        if right.exists():
            expected.append(tensor(torch, right, buffer))
    with torch.no_grad():
        apart = difference(operator(buffers, problem["sizes"]), expected)
        micros = median_micros(torch, lambda: operator(buffers, problem["sizes"]))
    print(f"{micros:.3f} {apart:.3e}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
