#!/usr/bin/env python3
"""PyTorch's own operators on the sizes that the ladders are timed with, for the row "ratio to PyTorch" of MEASURED.md.

Fresh values in every repetition, the L2 cache flushed before it, CUDA events around it, the median of 30: as WarpGrade times
(org.warpgrade.gpu.timing). Inputs are standard normal like those of ProblemCall; times do not depend on the values.

    python3 gpu-runner/bench/pytorch.py [--repetitions N]
"""

import argparse
import statistics
import sys


def operators(torch):
    """Name, how to make the inputs, what to time."""
    f = torch.nn.functional

    def normal(*shape):
        return torch.randn(*shape, device="cuda", dtype=torch.float32)

    return [
        ("saxpy 16777216", lambda: (normal(16777216), normal(16777216)), lambda x, y: torch.add(y, x, alpha=2.0, out=y)),
        ("sum 16777216", lambda: (normal(16777216),), torch.sum),
        ("softmax 4096x4096", lambda: (normal(4096, 4096),), lambda x: torch.softmax(x, dim=-1)),
        ("layernorm 4096x4096", lambda: (normal(4096, 4096),), lambda x: f.layer_norm(x, (4096,))),
        ("gelu 16777216", lambda: (normal(16777216),), f.gelu),
        ("matmul 2048x2048x2048 fp32", lambda: (normal(2048, 2048), normal(2048, 2048)), torch.matmul),
        (
            "attention 8x1024x64 fp32",
            lambda: (normal(1, 8, 1024, 64), normal(1, 8, 1024, 64), normal(1, 8, 1024, 64)),
            f.scaled_dot_product_attention,
        ),
    ]


def median_micros(torch, make, run, flush, repetitions):
    times = []
    for i in range(repetitions + 3):
        inputs = make()
        flush.zero_()
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        torch.cuda.synchronize()
        flush.zero_()  # runs while the launches that follow are queued
        start.record()
        run(*inputs)
        end.record()
        torch.cuda.synchronize()
        if i >= 3:
            times.append(1000.0 * start.elapsed_time(end))
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=30)
    arguments = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("this machine has no torch: pip install torch, or leave the row out", file=sys.stderr)
        return 3
    if not torch.cuda.is_available():
        print("torch sees no GPU here", file=sys.stderr)
        return 3
    torch.backends.cuda.matmul.allow_tf32 = False  # the references are fp32, and so is what they are compared with
    torch.backends.cudnn.allow_tf32 = False
    properties = torch.cuda.get_device_properties(0)
    l2 = getattr(properties, "L2_cache_size", 64 << 20)
    flush = torch.empty(2 * l2 // 4, dtype=torch.int32, device="cuda")
    print(f"| GPU | {properties.name}, torch {torch.__version__} |")
    for name, make, run in operators(torch):
        print(f"| torch {name} | {median_micros(torch, make, run, flush, arguments.repetitions):.1f} µs |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
