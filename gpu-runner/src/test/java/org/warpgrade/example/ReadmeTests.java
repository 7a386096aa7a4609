package org.warpgrade.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the README compiles, runs, and says what the README says. */
class ReadmeTests {

    private static final Path README = Path.of("README.md");

    @Test
    void shows_the_example_as_it_is_compiled() throws IOException {
        String example = Files.readString(Path.of("src/test/java/org/warpgrade/example/Saxpy.java"));
        assertThat(Files.readString(README)).contains("```java\n" + example.strip() + "\n```\n");
    }

    @Test
    void tells_what_the_example_answers() throws IOException {
        float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
        String answer = Saxpy.run(ones, ones.clone());
        assertThat(Files.readString(README)).contains("```\n" + answer + "```\n");
    }
}
