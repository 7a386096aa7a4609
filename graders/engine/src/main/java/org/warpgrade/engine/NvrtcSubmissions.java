package org.warpgrade.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.EntrySignature;
import org.warpgrade.assignments.Assignment.EntrySignature.Form;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.CompilerUnavailableException;
import org.warpgrade.gpu.compile.EntryExpectation;
import org.warpgrade.gpu.compile.NvrtcCompiler;

/** Compiles submissions with the real compiler. */
public final class NvrtcSubmissions implements Compiler {

    /** One architecture, since each takes a compilation; its registers are close to those of the others. */
    private static final List<String> MEASURED = List.of("sm_80");

    private final NvrtcCompiler nvrtc;

    public NvrtcSubmissions(NvrtcCompiler nvrtc) {
        this.nvrtc = nvrtc;
    }

    @Override
    public String name() {
        return "NVRTC 12.6";
    }

    @Override
    public Compilation compile(Submission submission) {
        try {
            return nvrtc.compile(request(submission));
        } catch (CompilerUnavailableException e) {
            throw new HarnessFault(String.valueOf(e.getMessage()), e);
        }
    }

    private static CompileRequest request(Submission submission) {
        Assignment assignment = submission.assignment();
        CompileRequest request = CompileRequest.of(submission.source())
                .withEntries(assignment.entries().stream()
                        .map(NvrtcSubmissions::expectation)
                        .toArray(EntryExpectation[]::new));
        return Files.exists(assignment.driver()) ? request.withDriver(driver(assignment)) : request;
    }

    @Override
    public boolean refused(CompileRejected rejected) {
        return rejected.refused();
    }

    @Override
    public List<Diagnostic> diagnostics(Program program) {
        List<Diagnostic> warnings = new ArrayList<>();
        if (!program.log().isBlank()) {
            warnings.add(new Diagnostic(Severity.WARNING, null, program.log().strip()));
        }
        return warnings;
    }

    @Override
    public List<KernelResources> resources(Submission submission) {
        try {
            return nvrtc.resources(request(submission), MEASURED);
        } catch (CompilerUnavailableException e) {
            return List.of();
        }
    }

    private static EntryExpectation expectation(EntrySignature entry) {
        String linkage = entry.form() == Form.PURE ? "extern \"C\" __device__ " : "extern \"C\" ";
        return new EntryExpectation(entry.name(), entry.functionType(), linkage + entry.declaration());
    }

    private static CudaSource driver(Assignment assignment) {
        try {
            return new CudaSource("driver.cu", Files.readString(assignment.driver()));
        } catch (IOException e) {
            throw new HarnessFault("cannot read " + assignment.driver(), e);
        }
    }
}
