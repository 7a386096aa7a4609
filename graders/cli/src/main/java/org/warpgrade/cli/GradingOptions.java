package org.warpgrade.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.Audience;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code grade} and {@code check} have in common. */
final class GradingOptions {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Submissions: .cu files.")
    List<Path> files = List.of();

    @Option(
            names = {"-a", "--assignment"},
            paramLabel = "ID",
            description = "The assignment; default: the file's line '// assignment: ID', else its name or folder.")
    @Nullable
    String assignment;

    @Mixin
    DeviceOption device = new DeviceOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for result.json and the report; default of grade: warpgrade-out/NAME.")
    @Nullable
    Path out;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Also write the result there; '-' writes it to standard output and all else to standard error.")
    @Nullable
    String json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the hidden inputs, to repeat a run; default: new and secret.")
    @Nullable
    Long seed;

    @Option(
            names = "--for",
            paramLabel = "student|instructor",
            description = "Who will read it: students see no hidden data; default: student.")
    Audience audience = Audience.STUDENT;

    @Option(names = "--quiet", description = "Print nothing but errors.")
    boolean quiet;

    @Mixin
    LanguageOption language = new LanguageOption();

    /** Whether standard output belongs to JSON. */
    boolean jsonToOutput() {
        return "-".equals(json);
    }
}
