package org.warpgrade.engine.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.CheckWords;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.gpu.Buffers.Writer;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Words;

/**
 * All sentences about a failed check, in both languages. Those of a hidden check name the family, the coordinate and the
 * pattern; a value or a size of a hidden case stands in the {@link Diagnosis} only, where it can be taken out.
 */
final class Wording {

    private final boolean isPublic;
    private final String family;
    private final String caseLabel;
    private final int passedBefore;

    /**
     * @param isPublic whether the case may be told with its data
     * @param passedBefore how many cases of the same check went well before this one
     */
    Wording(boolean isPublic, String family, String caseLabel, int passedBefore) {
        this.isPublic = isPublic;
        this.family = family;
        this.caseLabel = caseLabel;
        this.passedBefore = passedBefore;
    }

    /** A wrong tensor. */
    Text wrongTensor(Diagnosis diagnosis, @Nullable Text relation) {
        String at = element(diagnosis.tensor(), diagnosis.coordinate());
        StringBuilder en = new StringBuilder(opening().en());
        StringBuilder zh = new StringBuilder(opening().zh());
        if (relation != null) {
            en.append("This must hold: ").append(relation.en()).append("; it does not. ");
            zh.append("应满足：").append(relation.zh()).append("；实际不满足。");
        }
        if (isPublic) {
            boolean alike = number(diagnosis.actual()).equals(number(diagnosis.expected()));
            String actual = alike ? Double.toString(diagnosis.actual()) : number(diagnosis.actual());
            String expected = alike ? Double.toString(diagnosis.expected()) : number(diagnosis.expected());
            en.append(at).append(" = ").append(actual).append(", expected ").append(expected);
            zh.append(at).append(" = ").append(actual).append("，应为 ").append(expected);
            if (diagnosis.bound() > 0 && Double.isFinite(diagnosis.error())) {
                en.append(" (error ").append(brief(diagnosis.error()));
                en.append(", allowed ").append(brief(diagnosis.bound())).append(')');
                zh.append("（误差 ").append(brief(diagnosis.error()));
                zh.append("，允许 ").append(brief(diagnosis.bound())).append("）");
            }
            en.append(". ");
            zh.append("。");
        } else {
            en.append(at).append(" is the first wrong element. ");
            zh.append("第一个错误的元素是 ").append(at).append("。");
        }
        en.append(diagnosis.wrong()).append(" of ").append(elements(diagnosis.total()));
        en.append(diagnosis.wrong() == 1 ? " is" : " are").append(" wrong: ");
        en.append(diagnosis.pattern().en()).append('.');
        zh.append(diagnosis.total()).append(" 个元素中有 ").append(diagnosis.wrong()).append(" 个错误：");
        zh.append(diagnosis.pattern().zh()).append("。");
        if (!diagnosis.likelyCause().en().isEmpty()) {
            en.append(" Likely cause: ").append(ended(diagnosis.likelyCause().en(), "."));
            zh.append("可能的原因：").append(ended(diagnosis.likelyCause().zh(), "。"));
        }
        if (diagnosis.writer() != null) {
            en.append(" Last written by ").append(diagnosis.writer()).append('.');
            zh.append("最后写入者：")
                    .append(CheckWords.writer(diagnosis.writer()).zh())
                    .append("。");
        }
        return new Text(en.toString(), zh.toString());
    }

    /** Two runs of the same call gave different results. */
    Text twoRunsDiffer(String tensor, int[] coordinate, long differing, long total, boolean dependsOnMemory) {
        String at = element(tensor, Arrays.stream(coordinate).boxed().toList());
        String reasonEn = dependsOnMemory
                ? "The result depends on memory that was never written: is a scratch or shared array read before it is set?"
                : "The result depends on the order in which blocks and warps run: is a barrier, an atomic or a second launch missing?";
        String reasonZh =
                dependsOnMemory ? "结果取决于从未写入过的内存：是否在赋值之前读取了临时数组或共享内存？" : "结果取决于线程块和线程束的执行顺序：是否缺少同步、原子操作或第二次内核启动？";
        return new Text(
                opening().en() + "Two runs on the same input give different results, first at " + at + " (" + differing
                        + " of " + elements(total) + "). " + reasonEn,
                opening().zh() + "同一输入的两次运行结果不同，第一处在 " + at + "（" + total + " 个元素中有 " + differing + " 个）。" + reasonZh);
    }

    /** The device saw the program do something that CUDA forbids. */
    Text forbidden(Finding finding) {
        FindingTitles title = FindingTitles.of(finding.kind());
        Text where = where(finding);
        return new Text(
                opening().en() + title.en() + (where.en().isEmpty() ? "" : " at " + where.en()) + ": "
                        + ended(finding.message(), "."),
                opening().zh() + title.zh() + (where.zh().isEmpty() ? "" : "（" + where.zh() + "）") + "："
                        + ended(Words.in("zh", finding.message()), "。"));
    }

    /** The time of the whole submission was used up before this case. */
    Text noTimeLeft() {
        return new Text(
                opening().en()
                        + "Not run: too many checks before it had to be stopped because the program did not end.",
                opening().zh() + "未运行：此前多个检查因程序不结束而被终止。");
    }

    Text noSuchEntry(String message) {
        return new Text(ended(message, "."), "找不到入口函数：" + ended(Words.in("zh", message), "。"));
    }

    /** Words of the check itself. */
    Text plain(String english, String chinese) {
        return new Text(opening().en() + english, opening().zh() + chinese);
    }

    private Text opening() {
        String label = isPublic && !caseLabel.isEmpty() ? caseLabel : "";
        if (family.isEmpty() && label.isEmpty()) {
            return new Text("", "");
        }
        Text families = CheckWords.of(family);
        String before = passedBefore == 0
                ? ""
                : passedBefore == 1
                        ? " (the case before it is right)"
                        : " (the " + passedBefore + " cases before it are right)";
        String beforeZh = passedBefore == 0 ? "" : "（之前的 " + passedBefore + " 个用例正确）";
        return new Text(
                "Case " + named(families.en(), label, ", ") + before + ". ",
                "用例 " + named(families.zh(), label, "，") + beforeZh + "。");
    }

    private static String named(String family, String label, String comma) {
        return family.isEmpty() ? label : label.isEmpty() ? family : family + comma + label;
    }

    private static Text where(Finding finding) {
        StringBuilder en = new StringBuilder();
        StringBuilder zh = new StringBuilder();
        if (finding.at() != null) {
            en.append(finding.at());
            zh.append(finding.at());
        }
        if (finding.kernel() != null) {
            en.append(en.isEmpty() ? "" : " in ").append(finding.kernel());
            zh.append(zh.isEmpty() ? "" : "，").append(finding.kernel());
        }
        if (finding.block() != null && finding.thread() != null) {
            en.append(en.isEmpty() ? "" : ", ").append("block ").append(finding.block());
            en.append(" thread ").append(finding.thread());
            zh.append(zh.isEmpty() ? "" : "，").append("线程块 ").append(finding.block());
            zh.append(" 线程 ").append(finding.thread());
        }
        return new Text(en.toString(), zh.toString());
    }

    static String writer(Writer writer) {
        return writer.kernel() + ", block " + writer.block() + " thread " + writer.thread();
    }

    static String element(String tensor, List<Integer> coordinate) {
        StringBuilder text = new StringBuilder(tensor);
        coordinate.forEach(index -> text.append('[').append(index).append(']'));
        return text.toString();
    }

    /** The shortest text that gives back the single-precision value, as a student would print it. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return Float.toString((float) value).replace("E", "e");
    }

    private static String brief(double value) {
        return String.format(Locale.ROOT, "%.2g", value);
    }

    private static String elements(long total) {
        return total == 1 ? "1 element" : total + " elements";
    }

    private static String ended(String sentence, String stop) {
        boolean ended = !sentence.isEmpty() && ".?!。？！".indexOf(sentence.charAt(sentence.length() - 1)) >= 0;
        return ended ? sentence : sentence + stop;
    }
}
