package org.warpgrade.gpu.compile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Program;

/**
 * Compiles CUDA C++ to PTX, the same on every machine: guard, cache, NVRTC, entry check. Safe for use by several threads.
 *
 * <p>NVRTC is looked for, perhaps fetched, and loaded at the first compilation that the cache cannot answer.
 */
public final class NvrtcCompiler implements AutoCloseable {

    /** The virtual architecture of all programs: what the CPU device understands and every GPU since 2020 can run. */
    private static final String ARCHITECTURE = "compute_80";

    private static final List<String> OPTIONS = List.of(
            "--device-as-default-execution-space",
            "--relocatable-device-code=true",
            "--generate-line-info",
            "--std=c++17",
            "--pre-include=" + OfferedHeaders.ALWAYS);

    private final CacheFolder folder;
    private final CompileCache cache;
    private final Progress progress;
    private @Nullable NvrtcLibrary library;

    public NvrtcCompiler(CacheFolder folder, Progress progress) {
        this.folder = folder;
        this.cache = new CompileCache(folder.compilations(), CompileCache.DEFAULT_LIMIT);
        this.progress = progress;
    }

    /** With the user's own cache. */
    public static NvrtcCompiler ofUser(Progress progress) {
        return new NvrtcCompiler(CacheFolder.ofUser(), progress);
    }

    /**
     * Compiles; the student's mistakes are the outcome.
     *
     * @throws CompilerUnavailableException if there is no compiler or it failed for reasons of its own
     */
    public Compilation compile(CompileRequest request) {
        return switch (IncludeGuard.examine(request.source())) {
            case IncludeGuard.Guarded.Refused refused -> Verdict.rejected("", refused.reasons());
            case IncludeGuard.Guarded.Clean clean -> compile(request, clean.text());
        };
    }

    private Compilation compile(CompileRequest request, String guarded) {
        CudaSource source = request.source();
        EntryCheck check = new EntryCheck(source, request.entries(), Functions.in(source.text()));
        String text = assemble(guarded, request, check);
        List<String> options = options(request, "--gpu-architecture=" + ARCHITECTURE);
        String key = key("program", source.name(), text, options);
        Optional<Compilation> known = cache.get(key, in -> read(in, source));
        if (known.isPresent()) {
            return known.get();
        }
        Nvrtc.Result result = Nvrtc.compile(library(), folder, source.name(), text, OfferedHeaders.all(), options);
        Verdict verdict = new Verdict(request, guarded, check, "NVRTC " + library().version());
        Compilation made = result.ok() ? verdict.accept(result) : verdict.reject(result.log());
        cache.put(key, out -> write(out, made));
        return made;
    }

    /** The blank line ends a backslash or comment that the student's last line may leave open. */
    private static String assemble(String guarded, CompileRequest request, EntryCheck check) {
        StringBuilder text = new StringBuilder(guarded).append("\n\n");
        if (!request.entries().isEmpty()) {
            text.append(check.text());
        }
        CudaSource driver = request.driver();
        if (driver != null) {
            text.append("#line 1 \"").append(driver.name()).append("\"\n").append(driver.text()).append('\n');
        }
        return text.toString();
    }

    private static List<String> options(CompileRequest request, String... more) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of(more));
        options.addAll(request.options());
        return options;
    }

    private String key(String kind, String name, String text, List<String> options) {
        MessageDigest digest = Digests.sha256();
        Digests.add(digest, kind);
        Digests.add(digest, library().identity());
        Digests.add(digest, OfferedHeaders.all().digest());
        Digests.add(digest, String.join("\n", options));
        Digests.add(digest, name);
        Digests.add(digest, text);
        return Digests.hex(digest);
    }

    private synchronized NvrtcLibrary library() {
        NvrtcLibrary found = library;
        if (found == null) {
            found = NvrtcLibrary.locate(folder, progress);
            library = found;
        }
        return found;
    }

    private static void write(DataOutputStream out, Compilation compilation) throws IOException {
        switch (compilation) {
            case Program program -> {
                out.writeByte('P');
                CacheText.write(out, program.ptx());
                CacheText.write(out, program.compiler());
                CacheText.write(out, program.log());
                out.writeInt(program.entries().size());
                for (Map.Entry<String, String> entry : program.entries().entrySet()) {
                    CacheText.write(out, entry.getKey());
                    CacheText.write(out, entry.getValue());
                }
            }
            case CompileRejected rejected -> {
                out.writeByte('R');
                CacheText.write(out, rejected.log());
                out.writeInt(rejected.diagnostics().size());
                for (Diagnostic diagnostic : rejected.diagnostics()) {
                    CacheText.write(out, diagnostic);
                }
            }
        }
    }

    private static Compilation read(DataInputStream in, CudaSource source) throws IOException {
        byte kind = in.readByte();
        if (kind == 'P') {
            String ptx = CacheText.read(in);
            String compiler = CacheText.read(in);
            String log = CacheText.read(in);
            Map<String, String> entries = new LinkedHashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                entries.put(CacheText.read(in), CacheText.read(in));
            }
            return new Program(source, ptx, compiler, log, List.of(), entries);
        }
        String log = CacheText.read(in);
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            diagnostics.add(CacheText.readDiagnostic(in));
        }
        return new CompileRejected(log, List.copyOf(diagnostics));
    }

    /** Nothing is held open: NVRTC stays loaded as long as the process lives. */
    @Override
    public void close() {}
}
