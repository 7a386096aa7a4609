package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares rendered text with a file kept in the test resources; {@code -Dgolden.update=true} rewrites the file. */
final class Golden {

    private Golden() {}

    static void assertMatches(String rendered, String file) {
        if (Boolean.getBoolean("golden.update")) {
            try {
                Path path = Path.of(System.getProperty("warpgrade.home", ".."))
                        .resolve("reports/src/test/resources/org/warpgrade/reports/golden")
                        .resolve(file);
                Files.createDirectories(path.getParent());
                Files.writeString(path, rendered);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        try (InputStream in = Golden.class.getResourceAsStream("golden/" + file)) {
            assertThat(in).as("golden file " + file).isNotNull();
            assertThat(rendered).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
