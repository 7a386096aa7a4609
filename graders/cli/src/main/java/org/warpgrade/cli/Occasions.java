package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.batch.ResultFolders;
import org.warpgrade.engine.batch.WholeFile;

/**
 * Why a class is graded on Jenkins: builds of one occasion are found again after a crash, and those of an earlier one are not
 * taken for answers when everything is to be graded anew.
 */
final class Occasions {

    private final Path file;

    private Occasions(Path file) {
        this.file = file;
    }

    /** @param out the output folder of the class */
    static Occasions in(Path out) {
        return new Occasions(out.resolve(".regrading"));
    }

    /** The first grading with this WarpGrade. */
    static String first() {
        return ResultFolders.id(Grading.harness());
    }

    /** The grading anew that goes on until {@link #applied}. */
    String regrade() throws IOException {
        if (!Files.isRegularFile(file)) {
            WholeFile.write(file, UUID.randomUUID() + "\n");
        }
        return first() + " " + Files.readString(file).strip();
    }

    /** What was graded anew counts now: the next time is another occasion. */
    void applied() throws IOException {
        Files.deleteIfExists(file);
    }
}
