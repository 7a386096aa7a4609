package org.warpgrade.gpu.compile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do instead, for headers and functions that are not offered. */
final class Hints {

    /** A rule: names that match, and the sentence for them. */
    private record Rule(Pattern names, String sentence) {
        Rule(String names, String sentence) {
            this(Pattern.compile(names), sentence);
        }
    }

    private static final List<Rule> HEADERS = List.of(
            new Rule("i?ostream|fstream|sstream|iomanip|print|format", "print with printf"),
            new Rule(
                    "string|map|set|unordered_map|unordered_set|deque|list|memory|span|optional",
                    "use plain arrays, or std::vector in host code"),
            new Rule("chrono", "the grader measures time itself; cudaEventElapsedTime and clock() are there"),
            new Rule("stdexcept|exception", "there are no exceptions here; return when a call fails"),
            new Rule(
                    "helper_\\w+\\.h",
                    "compare what a call returns with cudaSuccess; cudaGetErrorString names the error"),
            new Rule(
                    "thread|mutex|atomic|future|condition_variable|omp\\.h|pthread\\.h",
                    "the entry is one thread; parallel work belongs in kernels"),
            new Rule("random|curand.*", "write the generator yourself; the assignment says which"),
            new Rule(
                    "(thrust|cub|cuda/std|cuda)/.*|cublas.*|cudnn.*|cufft.*|cusparse.*|cusolver.*|cutlass.*|nccl.*|torch/.*|ATen/.*",
                    "libraries are not offered; the kernel is yours to write"));

    private static final List<Rule> FUNCTIONS = List.of(
            new Rule("(__)?half2?|__(float|double|int|half|h)\\w*2half\\w*|__half2?\\w+2\\w+", "include <cuda_fp16.h>"),
            new Rule("(__)?nv_bfloat162?|__\\w*bfloat16\\w*", "include <cuda_bf16.h>"),
            new Rule("__nv_fp8\\w*", "include <cuda_fp8.h>"),
            new Rule("wmma|nvcuda", "include <mma.h>"),
            new Rule("cg|cooperative_groups", "include <cooperative_groups.h>"),
            new Rule(
                    "cudaHostGetDevicePointer|cudaHostGetFlags",
                    "kernels do not reach host memory here; use cudaMalloc and cudaMemcpy"),
            new Rule(
                    "cudaGraph\\w*|cudaStream(Begin|End)Capture",
                    "graphs are not offered; launch the kernels one after the other"),
            new Rule(
                    "cuda\\w*(Texture|Surface|Array)\\w*|tex[123]D\\w*|surf[123]D\\w*",
                    "textures and surfaces are not offered; use plain pointers"),
            new Rule("cuda(DeviceEnablePeerAccess|DeviceCanAccessPeer|MemcpyPeer\\w*|Ipc\\w*)", "there is one device"),
            new Rule("cuda(LaunchHostFunc|StreamAddCallback)", "host callbacks are not offered"),
            new Rule("cudaLaunchKernelEx\\w*|cudaLaunchAttribute\\w*", "use <<<grid, block>>> or cudaLaunchKernel"),
            new Rule(
                    "cuda[A-Z]\\w*",
                    "the runtime calls that are offered are those of memory, streams, events, launches, errors and device properties"),
            new Rule("cu[A-Z]\\w*", "the driver API is not offered; use the runtime API (cuda...)"),
            new Rule(
                    "curand\\w*|cublas\\w*|cudnn\\w*|cufft\\w*|cusparse\\w*|thrust|cub",
                    "libraries are not offered; the kernel is yours to write"),
            new Rule("cout|cerr|endl", "print with printf"),
            new Rule("vector", "include <vector>, in host code"),
            new Rule(
                    "string|map|set|list|deque|unique_ptr|shared_ptr",
                    "of the containers of the standard library std::vector is offered, in host code"),
            new Rule("chrono", "the grader measures time itself; cudaEventElapsedTime and clock() are there"));

    private static final Pattern UNKNOWN =
            Pattern.compile("(?:identifier \"(\\w+)\" is undefined|namespace \"std\" has no member \"(\\w+)\")");

    private static final String UNKNOWN_SCOPE = "name followed by \"::\" must be a class or namespace name";

    private Hints() {}

    /** Whether an include names a place of the host rather than a header. */
    static boolean namesPlace(String header) {
        return header.startsWith("/")
                || header.startsWith("./")
                || header.contains("..")
                || header.contains("\\")
                || header.contains(":");
    }

    static String place(String header) {
        return "\"" + header + "\" names a place in the file system; nothing outside the submission can be included";
    }

    static String notOffered(String header) {
        String reason = "\"" + header + "\" is not offered";
        for (Rule rule : HEADERS) {
            if (rule.names().matcher(header).matches()) {
                return reason + " (" + rule.sentence() + ")";
            }
        }
        return reason;
    }

    /** What may be included, told once however much is missing. */
    static String offer() {
        return "a submission may include " + String.join(", ", OfferedHeaders.NAMES);
    }

    /**
     * The compiler's message, with advice if it is about a name that is not offered.
     *
     * @param word the word of the source that the message points at, empty if unknown
     */
    static String advise(String message, String word) {
        Matcher unknown = UNKNOWN.matcher(message);
        String name = unknown.lookingAt()
                ? unknown.group(1) != null ? unknown.group(1) : unknown.group(2)
                : message.startsWith(UNKNOWN_SCOPE) ? word : "";
        for (Rule rule : FUNCTIONS) {
            if (rule.names().matcher(name).matches()) {
                return message + " (" + rule.sentence() + ")";
            }
        }
        return message;
    }
}
