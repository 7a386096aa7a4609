package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.warpgrade.engine.handin.ClassInputException;
import org.warpgrade.engine.handin.HandInFinder;
import org.warpgrade.engine.handin.HandIns;
import org.warpgrade.engine.handin.Roster;

/** An archive of hand-ins: read or refused, and nothing outside of the folder is touched. */
final class ArchiveTarget implements Fuzzing.Target {

    private final Path folder;

    ArchiveTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public String take(String archive) throws Exception {
        Path zip = folder.resolve("class.zip");
        Files.write(zip, archive.getBytes(StandardCharsets.ISO_8859_1));
        Path unpacked = Files.createDirectories(folder.resolve("unpacked/here"));
        try {
            HandIns handIns = new HandInFinder(Roster.none(), Set.of("op-softmax")).find(zip, unpacked);
            assertThat(handIns.files()).allSatisfy(handIn -> {
                assertThat(handIn.file().toRealPath()).startsWith(unpacked.toRealPath());
                assertThat(handIn.file()).isRegularFile();
            });
            return handIns.layout() + " "
                    + new TreeSet<>(
                            handIns.skipped().stream().map(s -> s.reason()).toList());
        } catch (ClassInputException e) {
            assertThat(e.getMessage()).containsAnyOf(zip.toString(), "submission_metadata.yml");
            return e.getMessage().replace(zip.toString(), "ZIP").replaceAll("(?s)entry '.*'|.*(?=metadata.yml)", "…");
        } finally {
            assertThat(names(folder)).containsExactly("class.zip", "unpacked");
            assertThat(names(unpacked.getParent())).containsExactly("here");
            assertThat(names(unpacked)).noneMatch(name -> name.startsWith(".unpacking"));
            delete(unpacked);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                assertThat(Files.isSymbolicLink(file)).isFalse();
                assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
                Files.delete(file);
            }
        }
    }
}
