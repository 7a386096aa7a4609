package org.warpgrade.gpu.compile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.compile.CompilerFrames.Job;
import org.warpgrade.gpu.compile.CompilerPool.Outcome;
import org.warpgrade.gpu.compile.NvrtcProcess.Limits;

/**
 * Compiles CUDA C++ to PTX, the same on every machine: guard, cache, NVRTC, entry check. Safe for use by several threads.
 *
 * <p>NVRTC is looked for, perhaps fetched, and loaded at the first compilation that the cache cannot answer.
 */
public final class NvrtcCompiler implements AutoCloseable {

    /** The virtual architecture unless a request names one: what the CPU device takes and every GPU since 2020 can run. */
    private static final String ARCHITECTURE = "compute_80";

    /** The largest kernels of students have 2 MB; reading PTX takes thirty times its size in memory. */
    static final int LARGEST_PTX = 8 << 20;

    private static final String ARCHITECTURE_OPTION = "--gpu-architecture=";

    private static final String INCLUDE_FIRST = "--pre-include=";

    private static final List<String> OPTIONS = List.of(
            "--device-as-default-execution-space",
            "--relocatable-device-code=true",
            "--generate-line-info",
            "--std=c++17",
            INCLUDE_FIRST + OfferedHeaders.ALWAYS);

    private final CacheFolder folder;
    private final Optional<CompileCache> cache;
    private final Progress progress;
    private final CompilerPool processes;
    private @Nullable NvrtcLibrary library;

    public NvrtcCompiler(CacheFolder folder, Progress progress) {
        this(folder, Optional.of(new CompileCache(folder.compilations(), CompileCache.DEFAULT_LIMIT)), progress);
    }

    private NvrtcCompiler(CacheFolder folder, Optional<CompileCache> cache, Progress progress) {
        this.folder = folder;
        this.cache = cache;
        this.progress = progress;
        this.processes = new CompilerPool(() -> NvrtcProcess.start(library(), folder, Limits.STANDARD));
    }

    /** With the user's own cache. */
    public static NvrtcCompiler ofUser(Progress progress) {
        return new NvrtcCompiler(CacheFolder.ofUser(), progress);
    }

    /**
     * With the user's own NVRTC, but without the cache of what was compiled: for thousands of sources that nobody compiles
     * twice and that would drive out those that somebody does.
     */
    public static NvrtcCompiler withoutMemory(Progress progress) {
        return new NvrtcCompiler(CacheFolder.ofUser(), Optional.empty(), progress);
    }

    /**
     * Compiles; the student's mistakes are the outcome.
     *
     * @throws CompilerUnavailableException if there is no compiler or it failed for reasons of its own
     */
    public Compilation compile(CompileRequest request) {
        return switch (IncludeGuard.examine(request.source())) {
            case IncludeGuard.Guarded.Refused refused -> Verdict.refused(refused.reasons());
            case IncludeGuard.Guarded.Missing missing -> Verdict.rejected("", missing.errors());
            case IncludeGuard.Guarded.Clean clean -> compile(request, clean.text());
        };
    }

    private Compilation compile(CompileRequest request, String guarded) {
        CudaSource source = request.source();
        EntryCheck check = new EntryCheck(source, request.entries(), Functions.in(source.text()));
        String disguised = HostMath.disguise(guarded);
        String text = assemble(disguised, request, check);
        List<String> more = new ArrayList<>();
        if (!disguised.equals(guarded)) {
            more.add(INCLUDE_FIRST + HostMath.HEADER);
        }
        if (request.options().stream().noneMatch(option -> option.startsWith(ARCHITECTURE_OPTION))) {
            more.add(ARCHITECTURE_OPTION + ARCHITECTURE);
        }
        List<String> options = options(request, more.toArray(String[]::new));
        return switch (run(source.name(), text, options)) {
            case Outcome.TooMuch(String sentence) -> refused(source, sentence);
            case Outcome.Judged(Nvrtc.Result result)
            when result.ptx().length() > LARGEST_PTX ->
                refused(
                        source,
                        "the compiled program has " + result.ptx().length() + " bytes of PTX; at most " + LARGEST_PTX
                                + " are run");
            case Outcome.Judged(Nvrtc.Result result) -> {
                Verdict verdict = new Verdict(
                        request, guarded, check, "NVRTC " + library().version());
                String log = HostMath.readable(result.log());
                yield result.ok() ? verdict.accept(new Nvrtc.Result(true, log, result.ptx())) : verdict.reject(log);
            }
        };
    }

    private static CompileRejected refused(CudaSource source, String sentence) {
        return Verdict.refused(
                List.of(new Diagnostic(Severity.ERROR, new SourceLocation(source.name(), 1, 0), sentence)));
    }

    /** What NVRTC says to the text, from the cache if it has said it before. */
    private Outcome run(String name, String text, List<String> options) {
        NvrtcLibrary nvrtc = library();
        String key = key(nvrtc, name, text, options);
        Optional<Nvrtc.Result> known = cache.flatMap(kept -> kept.get(key, NvrtcCompiler::read));
        if (known.isPresent()) {
            return new Outcome.Judged(known.get());
        }
        Outcome outcome = processes.compile(new Job(name, text, options));
        if (outcome instanceof Outcome.Judged(Nvrtc.Result made)) {
            cache.ifPresent(kept -> kept.put(key, out -> write(out, made)));
        }
        return outcome;
    }

    /**
     * What ptxas makes of each kernel, for each architecture ({@code sm_80}), in source order; empty if the source does not
     * compile. Compiles once more per architecture, so it is a question of its own.
     */
    public List<KernelResources> resources(CompileRequest request, List<String> architectures) {
        if (!(IncludeGuard.examine(request.source()) instanceof IncludeGuard.Guarded.Clean clean)) {
            return List.of();
        }
        List<KernelResources> all = new ArrayList<>();
        for (String architecture : architectures) {
            all.addAll(resources(request, clean.text(), architecture));
        }
        return List.copyOf(all);
    }

    private List<KernelResources> resources(CompileRequest request, String guarded, String architecture) {
        CudaSource source = request.source();
        EntryCheck check = new EntryCheck(source, request.entries(), Functions.in(source.text()));
        String text = assemble(guarded, request, check);
        List<String> options = options(request, ARCHITECTURE_OPTION + architecture, "--ptxas-options=-v");
        return run(source.name(), text, options) instanceof Outcome.Judged(Nvrtc.Result result)
                ? inSourceOrder(PtxasReport.read(result.log()), source.text())
                : List.of();
    }

    /** ptxas reports kernels in an order of its own; instances of one template stay as they are. */
    private static List<KernelResources> inSourceOrder(List<KernelResources> measured, String text) {
        Map<String, Integer> lines = new HashMap<>();
        Functions.in(text).all().forEach(f -> lines.putIfAbsent(f.name(), f.line()));
        return measured.stream()
                .sorted(Comparator.comparing(
                                (KernelResources k) -> lines.getOrDefault(baseName(k.kernel()), Integer.MAX_VALUE))
                        .thenComparing(KernelResources::kernel))
                .toList();
    }

    private static String baseName(String symbol) {
        String name = KernelNames.readable(symbol);
        int arguments = name.indexOf('<');
        String plain = arguments < 0 ? name : name.substring(0, arguments);
        return plain.substring(plain.lastIndexOf(':') + 1);
    }

    /** The blank line ends a backslash or comment that the student's last line may leave open. */
    private static String assemble(String guarded, CompileRequest request, EntryCheck check) {
        StringBuilder text = new StringBuilder(guarded).append("\n\n");
        if (!request.entries().isEmpty()) {
            text.append(check.text());
        }
        CudaSource driver = request.driver();
        if (driver != null) {
            text.append("#line 1 \"")
                    .append(driver.name())
                    .append("\"\n")
                    .append(driver.text())
                    .append('\n');
        }
        return text.toString();
    }

    private static List<String> options(CompileRequest request, String... more) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of(more));
        options.addAll(request.options());
        return options;
    }

    private static String key(NvrtcLibrary nvrtc, String name, String text, List<String> options) {
        MessageDigest digest = Digests.sha256();
        Digests.add(digest, nvrtc.identity());
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

    private static void write(DataOutputStream out, Nvrtc.Result result) throws IOException {
        out.writeBoolean(result.ok());
        CacheText.write(out, result.log());
        CacheText.write(out, result.ptx());
    }

    private static Nvrtc.Result read(DataInputStream in) throws IOException {
        return new Nvrtc.Result(in.readBoolean(), CacheText.read(in), CacheText.read(in));
    }

    /** Ends the compiler processes. */
    @Override
    public void close() {
        processes.close();
    }
}
