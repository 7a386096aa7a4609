package org.warpgrade.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.reports.SamplePages;
import org.warpgrade.reports.serve.ReportServer;
import tools.jackson.databind.JsonNode;

/**
 * Every page in a real browser, served as Jenkins would. Skipped where there is no Chromium ({@code apt-get install
 * chromium}); the command stands in the README of this module. {@code -Dpictures=DIR} keeps what the browser showed.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTests {

    /** A picture whose pixels are nearly all of one colour shows nothing. */
    private static final double NEARLY_ALL = 0.999;

    private static final String NO_BROWSER =
            "BrowserTests are skipped: no chromium on the PATH. Install one (apt-get install"
                    + " chromium) to see every page in a browser; reports/README.md has the command.";

    private Path folder;
    private Chromium chromium;
    private Tab tab;
    private ReportServer server;
    private ReportServer oldJenkins;

    static Stream<String> pages() {
        return SamplePages.names();
    }

    @BeforeAll
    void start(@TempDir Path site, @TempDir Path profile) throws Exception {
        folder = site;
        Path executable = Chromium.executable();
        if (executable == null) {
            // Surefire counts skipped tests and keeps their reason to itself.
            System.err.println(NO_BROWSER);
        }
        assumeTrue(executable != null, NO_BROWSER);
        SamplePages.write(folder);
        server = ReportServer.start(folder, 0);
        oldJenkins = ReportServer.start(folder, 0, "sandbox; default-src 'none'; img-src 'self'; style-src 'self';");
        chromium = Chromium.start(executable, profile);
        tab = new Tab(chromium);
    }

    @AfterAll
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
            oldJenkins.close();
        }
    }

    @BeforeEach
    void plain_screen() {
        tab.size(1100, 900);
        tab.media("", "light");
        tab.ignorePolicy(false);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothing_is_blocked_under_the_policy_of_jenkins(String page) throws Exception {
        for (ReportServer jenkins : List.of(server, oldJenkins)) {
            tab.open(address(jenkins, page));

            assertThat(tab.complaints()).as(page).isEmpty();
        }
    }

    @Test
    void what_is_blocked_would_be_seen() throws Exception {
        Files.writeString(
                folder.resolve("bad.html"),
                "<!DOCTYPE html><html lang=en><title>x</title><p style='color:red'>x</p>"
                        + "<img src='http://127.0.0.2:9/x.png' alt=''><script>1</script>");

        tab.open(server.address().resolve("bad.html"));

        assertThat(String.join("\n", tab.complaints()))
                .contains("inline style", "img-src 'self'", "Blocked script execution");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_picture_is_visible_in_both_schemes(String page) throws Exception {
        for (String scheme : List.of("light", "dark")) {
            tab.media("", scheme);
            tab.open(address(server, page));
            tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            JsonNode pictures =
                    tab.evaluate("[...document.querySelectorAll('svg')].map(s => { const r = s.getBoundingClientRect();"
                            + " return {x: r.x + scrollX, y: r.y + scrollY, w: r.width, h: r.height,"
                            + " name: s.getAttribute('aria-label'), kind: s.getAttribute('class')}; })");

            for (JsonNode picture : pictures) {
                String what = page + " " + scheme + ": " + picture;
                assertThat(picture.path("w").asDouble()).as(what).isGreaterThan(20);
                assertThat(picture.path("h").asDouble()).as(what).isGreaterThan(5);
                assertThat(picture.path("name").asString()).as(what).isNotBlank();
                BufferedImage seen = tab.picture(
                        picture.path("x").asDouble(),
                        picture.path("y").asDouble(),
                        picture.path("w").asDouble(),
                        picture.path("h").asDouble());
                if (!picture.path("kind").asString().equals("fraction")) {
                    assertThat(mostFrequentColour(seen)).as(what).isLessThan(NEARLY_ALL);
                }
                assertThat(partThatIsBlack(seen)).as(what).isLessThan(0.5);
            }
            keep(page, scheme, 1100);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothing_sticks_out_of_a_telephone(String page) throws Exception {
        tab.size(400, 800);
        tab.open(address(server, page));

        assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                .as(page)
                .isLessThanOrEqualTo(400);
        keep(page, "narrow", 400);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void paper_shows_the_story_of_every_mistake(String page) throws Exception {
        tab.media("print", "light");
        tab.open(address(server, page));

        assertThat(tab.evaluate("[...document.querySelectorAll('.check:not(.passed):not(.repeat) .story')]"
                                + ".filter(s => s.getBoundingClientRect().height < 5).length")
                        .asInt())
                .as(page)
                .isZero();
        keep(page, "print", 1100);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void axe_finds_nothing_serious(String page) throws Exception {
        String axe = axe();
        for (String scheme : List.of("light", "dark")) {
            tab.media("", scheme);
            tab.ignorePolicy(true);
            tab.open(address(server, page));
            tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            tab.evaluate(axe + ";0");
            JsonNode violations = tab.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r =>"
                    + " r.violations.map(v => v.impact + ' ' + v.id + ': ' + v.help + ' '"
                    + " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')))");

            assertThat(violations.valueStream().map(JsonNode::asString))
                    .as(page + " " + scheme)
                    .isEmpty();
        }
    }

    private static URI address(ReportServer server, String page) {
        return server.address().resolve(page + "/index.html");
    }

    private static String axe() throws IOException {
        try (InputStream in = Objects.requireNonNull(BrowserTests.class.getResourceAsStream("/axe.min.js"), "axe")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** For people who want to look: the whole page. */
    private void keep(String page, String how, int width) throws IOException {
        String pictures = System.getProperty("pictures");
        if (pictures != null) {
            Path file = Files.createDirectories(Path.of(pictures)).resolve(page + "-" + how + ".png");
            double height = Math.min(
                    12_000,
                    tab.evaluate("document.documentElement.scrollHeight").asDouble());
            ImageIO.write(tab.picture(0, 0, width, height), "png", file.toFile());
        }
    }

    private static double mostFrequentColour(BufferedImage image) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counts.merge(image.getRGB(x, y), 1, Integer::sum);
            }
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return (double) most / (image.getWidth() * image.getHeight());
    }

    private static double partThatIsBlack(BufferedImage image) {
        int black = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                black += (image.getRGB(x, y) & 0xFFFFFF) == 0 ? 1 : 0;
            }
        }
        return (double) black / (image.getWidth() * image.getHeight());
    }
}
