package org.warpgrade.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.gpu.compile.CompilerUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The one place that turns exceptions into words and exit statuses. */
final class Failures implements IExecutionExceptionHandler {

    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return report(e).code();
    }

    /** Says what happened and whose problem it is. */
    ExitStatus report(Throwable e) {
        return switch (e) {
            case UsageException usage -> tell(usage.getMessage(), ExitStatus.USAGE);
            case NoSuchFileException missing -> tell(missing.getFile() + ": there is no such file.", ExitStatus.USAGE);
            case AccessDeniedException denied -> tell(denied.getFile() + ": access denied.", ExitStatus.USAGE);
            case UncheckedIOException io when io.getCause() != null -> report(io.getCause());
            case CatalogException catalog ->
                tell("The catalogue of assignments is wrong:\n" + catalog.getMessage(), ExitStatus.HARNESS);
            case DeviceUnavailableException device -> tell(device.getMessage(), ExitStatus.HARNESS);
            case CompilerUnavailableException compiler -> tell(compiler.getMessage(), ExitStatus.HARNESS);
            case HarnessFault fault -> tell(fault.getMessage(), ExitStatus.HARNESS);
            case IOException io -> tell("Input or output failed: " + io.getMessage(), ExitStatus.HARNESS);
            default -> unexpected(e);
        };
    }

    private ExitStatus tell(@Nullable String message, ExitStatus status) {
        err.println("warpgrade: " + message);
        return status;
    }

    private ExitStatus unexpected(Throwable e) {
        err.println(
                "warpgrade: this is a fault of WarpGrade, not of the submission; please report it with these lines:");
        e.printStackTrace(err);
        return ExitStatus.HARNESS;
    }
}
