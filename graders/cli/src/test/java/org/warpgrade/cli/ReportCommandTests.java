package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;

class ReportCommandTests {

    @TempDir
    private Path folder;

    @Test
    void one_result_is_rendered_again_beside_it() throws IOException {
        ResultJson.write(result(), folder.resolve("result.json"));

        Session session = Session.of("report", folder.toString(), "--lang", "zh", "--for", "instructor");

        assertThat(session.status()).isZero();
        assertThat(session.outLines()).containsExactly("报告：" + folder.resolve("index.html"));
        assertThat(folder.resolve("index.html"))
                .content()
                .contains("lang=\"zh-Hans\"")
                .contains("4711");
        assertThat(folder.resolve("report.sarif")).exists();
    }

    @Test
    void many_are_found_in_a_folder_and_written_elsewhere_without_secrets() throws IOException {
        Path from = folder.resolve("class");
        ResultJson.write(result(), from.resolve("ada/result.json"));
        ResultJson.write(result(), from.resolve("bob/result.json"));

        Session session = Session.of(
                "report",
                from.toString(),
                "--lang",
                "en",
                "--out",
                folder.resolve("out").toString());

        assertThat(session.status()).isZero();
        assertThat(session.outLines()).containsExactly("2 reports written again in " + folder.resolve("out") + ".");
        assertThat(session.err()).isEmpty();
        assertThat(folder.resolve("out/bob/index.html")).content().contains("softmax.cu");
        assertThat(ResultJson.read(folder.resolve("out/ada/result.json")).seed())
                .isNull();
        assertThat(from.resolve("ada/index.html")).doesNotExist();
    }

    @Test
    void a_result_that_still_holds_secrets_is_told() throws IOException {
        ResultJson.write(result(), folder.resolve("result.json"));

        Session session = Session.of("report", folder.toString(), "--lang", "en");

        assertThat(session.status()).isZero();
        assertThat(session.err().strip())
                .isEqualTo("warpgrade: result.json still holds what students may not see; give --out DIR for a folder"
                        + " that may be handed out.");
        assertThat(folder.resolve("index.html")).content().doesNotContain("4711");
    }

    @Test
    void a_file_that_is_no_result_is_told_and_the_others_are_rendered() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/result.json"), "{");
        ResultJson.write(result(), folder.resolve("b/result.json"));

        Session session = Session.of("report", folder.toString());

        assertThat(session.status()).isEqualTo(2);
        assertThat(session.err()).startsWith("warpgrade: " + folder.resolve("a/result.json") + ": not JSON: ");
        assertThat(folder.resolve("b/index.html")).exists();
    }

    @Test
    void nothing_to_render_is_a_usage_mistake() {
        assertThat(Session.of("report", folder.toString()).err().strip())
                .isEqualTo("warpgrade: " + folder + " holds no result.json.");
        assertThat(Session.of("report", folder.resolve("no").toString()).status())
                .isEqualTo(2);
        assertThat(Session.of("serve", folder.resolve("no").toString()).status())
                .isEqualTo(2);
    }

    private static GradingResult result() {
        return new GradingResult(
                GradingResult.SCHEMA,
                "",
                new Text("Softmax", "Softmax"),
                new SubmissionInfo("softmax.cu", "0".repeat(64), "int x;"),
                Verdict.FAILED,
                new Score(1, 2),
                new DeviceInfo("cpu", "CPU device"),
                4711L,
                "NVRTC 12.6.77",
                new HarnessInfo("1", ""),
                List.of(),
                List.of(),
                List.of(),
                null,
                "",
                new Text("", ""),
                Map.of());
    }
}
