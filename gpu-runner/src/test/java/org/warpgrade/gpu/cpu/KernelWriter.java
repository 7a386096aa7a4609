package org.warpgrade.gpu.cpu;

import java.util.Random;

/**
 * Writes kernels that nobody would: loops, branches, calls, shuffles, barriers and accesses of every kind at random, each thread with
 * results of its own. They end, read nothing that nobody wrote and have no races, so that all executors must agree on every bit,
 * and the sanitizers must be silent. (No loop runs as often as the last bits of what another loop sums up: NVRTC 12.6 gets those wrong
 * in 16 bits, so that such a loop never ends, on a GPU neither.)
 */
final class KernelWriter {

    /** Elements of each buffer of values, a power of two. */
    static final int VALUES = 1024;

    /** Results of each thread. */
    static final int RESULTS = 3;

    private static final int DEEPEST = 3;

    private static final String[] BLOCKS = {"32", "64", "96", "128", "256", "dim3(16, 4)", "dim3(32, 3)", "dim3(48, 2)"
    };
    private static final int[] THREADS = {32, 64, 96, 128, 256, 64, 96, 96};

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final boolean mayFault;
    private int block;
    private int loops;
    private int depth;
    private int statements;

    /** @param mayFault whether an index here and there is one that may be out of bounds */
    KernelWriter(long seed, boolean mayFault) {
        this.random = new Random(seed);
        this.mayFault = mayFault;
    }

    /** Threads that the kernel is launched with, in three blocks. */
    int threads() {
        return 3 * THREADS[block];
    }

    String write() {
        block = random.nextInt(BLOCKS.length);
        text.append("__device__ " + pick("__noinline__", "inline", "inline") + " float twist(float v, int m) {\n")
                .append("    for (int r = 0; r < 4 && v < 50.0f; r++) v = v * 0.5f + m;\n    return v;\n}\n");
        text.append("__global__ void kernel(const float* x, const int* k, float* y, int n, float f) {\n");
        line("__shared__ float s[256];");
        line("__shared__ int counts[8];");
        line("if (threadIdx.x < 8 && threadIdx.y == 0) counts[threadIdx.x] = threadIdx.x;");
        line("__syncthreads();");
        line("double d = 1.25;");
        line("long long w = 5;");
        line("float mine[4] = {0.5f, 1.5f, 2.5f, 3.5f};");
        line("int t = threadIdx.y * blockDim.x + threadIdx.x;");
        line("int size = blockDim.x * blockDim.y;");
        line("int g = blockIdx.x * size + t;");
        line("float a = " + pick("x[g & 1023]", "f", "0.25f", "t * 0.5f") + ", b = 1.5f, c = x[t];");
        line("int i = " + pick("t", "g", "n", "k[t]", "t * 3 - 7") + ", j = k[g & 1023], u = n + blockIdx.x;");
        line("float* own = y + g * " + RESULTS + ";");
        for (int r = 0; r < RESULTS; r++) {
            line("own[" + r + "] = " + r + ";");
        }
        statements = 6 + random.nextInt(14);
        while (statements > 0) {
            statement(true);
        }
        line("own[" + random.nextInt(RESULTS) + "] += a + b * 0.5f - c + (i & 255) + (j & 63) * 0.125f + (u & 15);");
        line("own[" + random.nextInt(RESULTS) + "] += (float)d + (int)(w & 1023) + mine[" + random.nextInt(4) + "];");
        line("__syncthreads();");
        line("own[" + random.nextInt(RESULTS) + "] += counts[t & 7];");
        text.append("}\n");
        text.append(
                        "extern \"C\" void solve(const float* x, const int* k, float* y, int n, float f) {\n    kernel<<<3, ")
                .append(BLOCKS[block])
                .append(">>>(x, k, y, n, f);\n}\n");
        return text.toString();
    }

    private void line(String statement) {
        text.append("    ".repeat(depth + 1)).append(statement).append('\n');
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** @param together whether all threads of the block are here, so that they may meet */
    private void statement(boolean together) {
        statements--;
        switch (random.nextInt(together ? 20 : 15)) {
            case 0, 1 -> line(pick("a", "b", "c") + pick(" = ", " += ", " -= ", " *= ") + floating(2) + ";");
            case 2 -> line(pick("i", "j") + pick(" = ", " += ", " ^= ") + integer(2) + ";");
            case 3 -> line(together ? "u = " + uniform(1) + ";" : "i -= u;");
            case 4 -> branch(together);
            case 5 -> loop(together);
            case 6 ->
                line("own[" + pick("0", "1", "2", "(i & 1)", "(unsigned)j % 3") + "]" + pick(" = ", " += ")
                        + floating(1) + ";");
            case 7 -> line(pick("a", "c") + " += own[" + pick("0", "1", "2", "(i & 1)", "(unsigned)u % 3") + "];");
            case 8 -> line("d" + pick(" = ", " += ", " = d * 0.75 - ") + floating(1) + ";");
            case 9 -> line("w" + pick(" = w * 3 + ", " ^= ", " += (long long)n * ") + integer(1) + ";");
            case 10 -> line("mine[" + pick("0", "3", "i & 3", "u & 3") + "]" + pick(" = ", " -= ") + floating(1) + ";");
            case 11 -> line(pick("a", "b") + " += mine[" + pick("1", "2", "j & 3", "t & 3") + "];");
            case 12 ->
                line("{ float4 q = ((const float4*)x)[" + pick("t & 255", "i & 255", "u & 255")
                        + "]; a += q.x - q.w; c = fmaxf(q.y, q.z); }");
            case 13 -> line("atomicAdd(&counts[" + pick("t & 7", "i & 7", "3") + "], " + integer(0) + ");");
            case 14 -> line(pick("b", "c") + " = twist(" + floating(0) + ", " + integer(0) + ");");
            case 15, 16 -> exchange();
            case 17 -> shuffle();
            case 18 -> tree();
            default -> line(pick("i", "j") + " += __popc(__ballot_sync(0xffffffff, " + condition() + "));");
        }
    }

    private void branch(boolean together) {
        if (depth >= DEEPEST) {
            return;
        }
        boolean same = together && random.nextInt(3) == 0;
        line("if (" + (same ? uniform(1) + pick(" > ", " <= ") + uniform(0) : condition()) + ") {");
        body(same, 1 + random.nextInt(3));
        if (random.nextInt(3) == 0) {
            line("} else {");
            body(same, 1 + random.nextInt(2));
        }
        line("}");
    }

    private void loop(boolean together) {
        if (depth >= DEEPEST) {
            return;
        }
        boolean same = together && random.nextBoolean();
        String v = "l" + loops++;
        String head = same
                ? pick(
                        "for (int v = 0; v < 5; v++) {",
                        "for (int v = 0; v < (n & 15); v += 2) {",
                        "for (int v = n & 7; v > 0; v--) {",
                        "for (int v = 1; v < 40; v *= 3) {")
                : pick(
                        "for (int v = t; v < n; v += size) {",
                        "for (int v = t; v < 200; v += 64) {",
                        "for (int v = 0; v < (t & 7); v++) {",
                        "for (int v = 0; v < 9 && a < 50.0f; v++) {",
                        "for (int v = i & 31; v < 40; v += 7) {",
                        "for (unsigned v = t; v < 300u; v += 128) {");
        line(head.replace("v", v));
        if (random.nextBoolean()) {
            depth++;
            line(pick("a += x[" + v + " & 1023];", "i += " + v + ";", "b = b * 0.5f + x[(" + v + " + t) & 1023];"));
            depth--;
        }
        body(same, 1 + random.nextInt(3));
        if (!same && random.nextInt(4) == 0) {
            line("    if (" + condition() + ") " + pick("break;", "continue;"));
        }
        line("}");
    }

    private void body(boolean together, int length) {
        depth++;
        for (int s = 0; s < length; s++) {
            statement(together);
        }
        depth--;
    }

    /** Through shared memory, with barriers around. */
    private void exchange() {
        line("__syncthreads();");
        String at = pick("t", "t", "t ^ 1", "(size - 1 - t)");
        line("s[" + (at.equals("t ^ 1") ? "t ^ 1" : at) + "] = " + floating(1) + ";");
        if (random.nextInt(4) == 0) {
            line("if (" + condition() + ") s[" + at + "] = " + floating(0) + ";");
        }
        line("__syncthreads();");
        String from = pick("t", "(t + 5) % size", "(i & 1023) % size", "u & 15", "t / 2", "(t * 7) % size", "0");
        line(pick("a", "b", "c") + pick(" = ", " += ") + "s[" + from + "];");
    }

    private void shuffle() {
        String f = pick("a", "b", "c");
        String mine = pick("a", "b", "c");
        switch (random.nextInt(4)) {
            case 0 ->
                line(f + " += __shfl_xor_sync(0xffffffff, " + mine + ", " + pick("1", "2", "4", "8", "16", "3") + ");");
            case 1 -> line(f + " -= __shfl_down_sync(0xffffffff, " + mine + ", " + pick("1", "5", "16") + ");");
            case 2 -> line("i += __shfl_up_sync(0xffffffff, j, " + pick("1", "3") + ");");
            default -> {
                line("for (int o = 16; o > 0; o /= 2) " + f + " = fmaxf(" + f + ", __shfl_xor_sync(0xffffffff, " + f
                        + ", o));");
            }
        }
    }

    private void tree() {
        line("__syncthreads();");
        line("s[t] = " + floating(1) + ";");
        line("__syncthreads();");
        line("for (int o = 16; o > 0; o /= 2) {");
        line("    if (t < o) s[t] += s[t + o];");
        line("    __syncthreads();");
        line("}");
        line("c += s[0];");
    }

    // ------------------------------------------------------------------ expressions

    private String condition() {
        return switch (random.nextInt(9)) {
            case 0 -> "t < " + pick("n", "size / 2", "33", "1", "u");
            case 1 -> "g " + pick("<", ">=") + " " + pick("n", "100", "size");
            case 2 -> floating(0) + " > " + floating(0);
            case 3 -> "(" + integer(0) + " & 1)";
            case 4 -> "t % 32 == 0";
            case 5 -> integer(0) + " < " + integer(0);
            case 6 -> "(unsigned)(t - 4) < (unsigned)n";
            case 7 -> "!(" + floating(0) + " < 2.0f)";
            default -> "t < n && " + integer(0) + " != 3";
        };
    }

    private String floating(int deep) {
        if (deep == 0) {
            return pick("a", "b", "c", "f", "0.75f", "-3.0f", "(float)i", "(float)u");
        }
        String p = floating(deep - 1);
        String q = floating(deep - 1);
        return switch (random.nextInt(12)) {
            case 0 -> "(" + p + " + " + q + ")";
            case 1 -> "(" + p + " * " + q + ")";
            case 2 -> "(" + p + " - " + q + ")";
            case 3 -> "fmaxf(" + p + ", " + q + ")";
            case 4 -> "fminf(" + p + ", " + q + ")";
            case 5 -> "fabsf(" + p + ")";
            case 6 -> "__expf(fminf(" + p + ", 3.0f))";
            case 7 -> "(" + p + " / " + q + ")";
            case 8 -> "(" + condition() + " ? " + p + " : " + q + ")";
            case 9 -> "rsqrtf(" + p + ")";
            default -> "x[" + index() + "]";
        };
    }

    private String index() {
        if (mayFault && random.nextInt(6) == 0) {
            return pick("t * 9", "g + n * 20", "i", "t - 3");
        }
        return "("
                + pick("t", "g", "t + 3", "u", "g + n", "t * 4", "i", "j", "t * 7 + u", "size - t", "g * 2 + 1")
                + ") & 1023";
    }

    private String integer(int deep) {
        if (deep == 0) {
            return pick("i", "j", "t", "g", "n", "u", "7", "-2");
        }
        String p = integer(deep - 1);
        String q = integer(deep - 1);
        return switch (random.nextInt(9)) {
            case 0 -> "(" + p + " + " + q + ")";
            case 1 -> "(" + p + " * " + pick("3", "5", "-1") + ")";
            case 2 -> "(" + p + " - " + q + ")";
            case 3 -> "(" + p + " ^ " + q + ")";
            case 4 -> "(" + p + " >> " + pick("1", "5", "8") + ")";
            case 5 -> "((unsigned)" + p + " >> " + pick("3", "8") + ")";
            case 6 -> "(" + condition() + " ? " + p + " : " + q + ")";
            case 7 -> "min(" + p + ", " + q + ")";
            default -> "k[" + index() + "]";
        };
    }

    private String uniform(int deep) {
        if (deep == 0) {
            return pick("n", "u", "5", "(int)blockIdx.x", "size");
        }
        String p = uniform(deep - 1);
        return switch (random.nextInt(5)) {
            case 0 -> "(" + p + " + 3)";
            case 1 -> "(" + p + " * 2 - n)";
            case 2 -> "(" + p + " & 7)";
            case 3 -> "k[" + p + " & 1023]";
            default -> "max(" + p + ", " + uniform(deep - 1) + ")";
        };
    }
}
