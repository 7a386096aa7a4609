package org.warpgrade.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A catalogue of one assignment, in a folder of a test. */
public final class FakeCatalog {

    private FakeCatalog() {}

    /** Writes the assignment {@code fake-softmax} and gives its folder. */
    static Path at(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("assignments/catalog/ops/fake-softmax"));
        for (String beside : List.of("starter.cu", "handout.md", "handout.zh.md")) {
            Files.writeString(folder.resolve(beside), "// assignment: fake-softmax\n");
        }
        Files.writeString(folder.resolve("assignment.yaml"), """
                id: fake-softmax
                track: OPS
                title: {en: "Row softmax", zh: "行 softmax"}
                difficulty: 2
                needs: []
                seeds: [S2-Q05]
                entries:
                  - name: softmax
                    form: entry
                    returns: void
                    parameters:
                      - {name: x, type: "const float*", space: device, shape: "[rows][cols]", meaning: {en: "logits", zh: "输入"}}
                      - {name: y, type: "float*", space: device, shape: "[rows][cols]", meaning: {en: "result", zh: "结果"}}
                      - {name: rows, type: int, space: value, shape: "", meaning: {en: "rows", zh: "行数"}}
                      - {name: cols, type: int, space: value, shape: "", meaning: {en: "columns", zh: "列数"}}
                checks:
                  - {id: P1, title: {en: "Three numbers", zh: "三个数"}, family: "worked example", points: 10, visibility: public}
                  - {id: H1, title: {en: "Ragged", zh: "不整齐"}, family: "ragged sizes", points: 45, visibility: hidden}
                  - {id: H2, title: {en: "Long rows", zh: "长行"}, family: "long rows", points: 45, visibility: hidden}
                performance: {kind: NONE, formula: "", pass: 0, full: 0}
                budgets: {scratchBytes: "", launches: ""}
                """);
        return folder;
    }

    public static Class<?> checks() {
        try {
            return Class.forName("org.warpgrade.engine.runner.FakeSoftmaxChecks");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
