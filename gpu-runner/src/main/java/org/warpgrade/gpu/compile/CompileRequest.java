package org.warpgrade.gpu.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.CudaSource;

/**
 * What to compile.
 *
 * @param source the student's text
 * @param driver our own text, appended to the student's and trusted; null for none
 * @param entries functions that the source must define
 * @param options further NVRTC options, for example {@code -DTILE=16}; {@code --gpu-architecture=compute_90} replaces the
 *     usual architecture
 */
public record CompileRequest(
        CudaSource source, @Nullable CudaSource driver, List<EntryExpectation> entries, List<String> options) {

    public CompileRequest {
        entries = List.copyOf(entries);
        options = List.copyOf(options);
    }

    public static CompileRequest of(CudaSource source) {
        return new CompileRequest(source, null, List.of(), List.of());
    }

    public CompileRequest withDriver(CudaSource other) {
        return new CompileRequest(source, other, entries, options);
    }

    public CompileRequest withEntries(EntryExpectation... expected) {
        return new CompileRequest(source, driver, List.of(expected), options);
    }

    public CompileRequest withOptions(String... further) {
        return new CompileRequest(source, driver, entries, List.of(further));
    }
}
