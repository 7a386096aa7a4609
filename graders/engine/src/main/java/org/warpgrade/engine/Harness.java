package org.warpgrade.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;

/** Which WarpGrade this is. */
final class Harness {

    private static final String UNKNOWN = "unknown";

    private Harness() {}

    /** The version of the built jar and the commit of the checkout that {@code warpgrade.home} names. */
    static HarnessInfo info() {
        String version = Harness.class.getPackage().getImplementationVersion();
        return new HarnessInfo(version == null ? "development" : version, commit());
    }

    private static String commit() {
        String told = System.getProperty("warpgrade.commit");
        if (told != null) {
            return told;
        }
        try {
            Path git = Path.of(System.getProperty("warpgrade.home", "."), ".git");
            Path folder = Files.isRegularFile(git)
                    ? git.resolveSibling(Files.readString(git).strip().replaceFirst("^gitdir:\\s*", ""))
                    : git;
            String head = Files.readString(folder.resolve("HEAD")).strip();
            return head.startsWith("ref: ") ? resolve(folder, head.substring(5)) : head;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String resolve(Path folder, String ref) throws IOException {
        Path common = folder.resolve("commondir");
        Path shared = Files.isRegularFile(common)
                ? folder.resolve(Files.readString(common).strip())
                : folder;
        Path loose = shared.resolve(ref);
        if (Files.isRegularFile(loose)) {
            return Files.readString(loose).strip();
        }
        return Files.readAllLines(shared.resolve("packed-refs")).stream()
                .filter(line -> line.endsWith(" " + ref))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
