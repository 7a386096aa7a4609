package org.warpgrade.gpu.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The only files a source may include. They exist in memory; NVRTC opens no file of the host. */
final class OfferedHeaders {

    /** Included before every source, so that a file without any include sees the whole runtime API. */
    static final String ALWAYS = "cuda_runtime.h";

    /** In the order in which a person reads them. */
    static final List<String> NAMES = List.of(
            "cuda_runtime.h",
            "cuda_runtime_api.h",
            "cuda.h",
            "device_launch_parameters.h",
            "device_functions.h",
            "vector_types.h",
            "vector_functions.h",
            "driver_types.h",
            "math_functions.h",
            "math_constants.h",
            "cuda_fp16.h",
            "cuda_bf16.h",
            "cuda_fp8.h",
            "cooperative_groups.h",
            "cooperative_groups/reduce.h",
            "cooperative_groups/scan.h",
            "cooperative_groups/memcpy_async.h",
            "cuda_pipeline.h",
            "cuda_awbarrier_primitives.h",
            "mma.h",
            "stdio.h",
            "stdlib.h",
            "string.h",
            "math.h",
            "float.h",
            "limits.h",
            "stdint.h",
            "inttypes.h",
            "stdbool.h",
            "stddef.h",
            "assert.h",
            "time.h",
            "sys/types.h",
            "sys/time.h",
            "cstdio",
            "cstdlib",
            "cstring",
            "cmath",
            "cfloat",
            "climits",
            "cstdint",
            "cinttypes",
            "cstddef",
            "cassert",
            "ctime",
            "algorithm",
            "array",
            "functional",
            "initializer_list",
            "iterator",
            "limits",
            "new",
            "numeric",
            "tuple",
            "type_traits",
            "utility",
            "vector",
            "cuda/atomic",
            "cuda/barrier",
            "cuda/latch",
            "cuda/pipeline",
            "cuda/semaphore",
            "cuda/std/atomic",
            "cuda/std/barrier",
            "cuda/std/algorithm",
            "cuda/std/array",
            "cuda/std/cassert",
            "cuda/std/cfloat",
            "cuda/std/climits",
            "cuda/std/cmath",
            "cuda/std/cstddef",
            "cuda/std/cstdint",
            "cuda/std/cstdlib",
            "cuda/std/cstring",
            "cuda/std/functional",
            "cuda/std/initializer_list",
            "cuda/std/iterator",
            "cuda/std/limits",
            "cuda/std/new",
            "cuda/std/numeric",
            "cuda/std/tuple",
            "cuda/std/type_traits",
            "cuda/std/utility");

    /** Included by our own headers only. */
    private static final List<String> PARTS = List.of(
            "warpgrade/sixteen_bits.h",
            "warpgrade/cuda_std.h",
            "warpgrade/copy_async.h",
            "warpgrade/always.h",
            "warpgrade/host_math.h",
            "warpgrade/library.h");

    private static final List<String> FILES =
            Stream.concat(NAMES.stream(), PARTS.stream()).toList();

    private final List<String> texts;
    private final String digest;

    private OfferedHeaders(List<String> texts, String digest) {
        this.texts = texts;
        this.digest = digest;
    }

    private static final class Loaded {
        private static final OfferedHeaders ALL = load();
    }

    static OfferedHeaders all() {
        return Loaded.ALL;
    }

    static boolean offers(String name) {
        return NAMES.contains(name);
    }

    /** Whether it is one of our files, whether a source may name it or not. */
    static boolean holds(String name) {
        return FILES.contains(name);
    }

    String[] names() {
        return FILES.toArray(String[]::new);
    }

    String[] texts() {
        return texts.toArray(String[]::new);
    }

    /** Changes when any header changes. */
    String digest() {
        return digest;
    }

    private static OfferedHeaders load() {
        List<String> texts = new ArrayList<>();
        MessageDigest digest = Digests.sha256();
        for (String name : FILES) {
            String text = read(name);
            texts.add(text);
            Digests.add(digest, name);
            Digests.add(digest, text);
        }
        return new OfferedHeaders(List.copyOf(texts), Digests.hex(digest));
    }

    private static String read(String name) {
        try (InputStream in = OfferedHeaders.class.getResourceAsStream("include/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the header " + name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the header " + name + " cannot be read", e);
        }
    }
}
