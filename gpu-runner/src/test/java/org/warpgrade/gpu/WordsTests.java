package org.warpgrade.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WordsTests {

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    @Nested
    class Translations {

        @Test
        void a_finding_is_told_in_chinese_with_its_numbers() {
            assertThat(Words.in("zh", "reads 4 bytes 0 bytes past the end of x (4096 bytes)"))
                    .isEqualTo("读取 4 字节，位于 x（共 4096 字节）末尾之后 0 字节处");
        }

        @Test
        void a_part_of_a_sentence_is_translated_too() {
            assertThat(Words.in("zh-CN", "the kernel was not launched: the block (0,1,1) has no threads"))
                    .isEqualTo("内核没有启动：线程块 (0,1,1) 没有线程");
            assertThat(Words.in(
                            "zh",
                            "identifier \"map\" is undefined (of the containers of the standard library std::vector is"
                                    + " offered, in host code)"))
                    .isEqualTo("标识符 \"map\" 未定义（标准库容器中只提供 std::vector，且仅限主机代码）");
        }

        @Test
        void a_block_is_translated_line_by_line() {
            assertThat(Words.in(
                            "zh",
                            "there is no function \"f\"\n  expected: void f(int)\n  found:    no function but kernels"))
                    .isEqualTo("没有函数 \"f\"\n  要求：void f(int)\n  实际：只有内核，没有普通函数");
        }

        @Test
        void english_and_what_is_not_ours_stay_as_they_are() {
            assertThat(Words.in("en", "frees x a second time")).isEqualTo("frees x a second time");
            assertThat(Words.in("zh", "expected a \";\"")).isEqualTo("expected a \";\"");
            assertThat(Words.in("zh", "")).isEmpty();
        }

        @Test
        void what_a_student_chose_is_left_alone() {
            assertThat(Words.in("zh", "assertion failed: x[$1] == \"\\{0}\" in k(int)"))
                    .isEqualTo("断言失败：x[$1] == \"\\{0}\"，位于 k(int)");
        }

        @Test
        void every_sentence_has_all_its_numbers_in_chinese() {
            for (String english : Words.samples(place -> "7" + place + "7")) {
                String chinese = Words.in("zh", english);
                assertThat(numbers(chinese)).as(english).isEqualTo(numbers(english));
                if (english.matches(".*[a-z]{3}.*") && !english.startsWith("cudaFree")) {
                    assertThat(chinese).as(english).containsPattern(CHINESE);
                }
            }
        }

        private Set<String> numbers(String text) {
            return Pattern.compile("7\\w7")
                    .matcher(text)
                    .results()
                    .map(result -> result.group())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Reads the classes themselves: whatever they could say must be there in Chinese, or be listed as not for students. */
    @Nested
    class Completeness {

        /** Said by mistakes of ours, in names, or to people who install the compiler; not to students. */
        private static final Set<String> NOT_FOR_STUDENTS = Set.of(
                "CPU device (\u0001 cores)",
                "WarpGrade device (compute capability 8.0)",
                "\u0001 #\u0001",
                "by hand",
                "// begin inline asm",
                "overloaded function",
                "<entry check>");

        private static final Pattern OUR_MISTAKES = Pattern.compile("IllegalStateException|IllegalArgumentException"
                + "|IndexOutOfBoundsException|UnsupportedOperationException|AssertionError|UnsupportedPtxException"
                + "|NoSuchElementException");

        private static final List<String> COMPILER_CLASSES = List.of(
                "EntryCheck.explain",
                "EntryCheck.missing",
                "EntryCheck.kernel",
                "Hints.",
                "IncludeGuard.",
                "Verdict.explain",
                "Verdict.reject.");

        @Test
        void nothing_that_a_device_says_is_missing() throws Exception {
            assertThat(missing("cpu", place -> true)).isEmpty();
            assertThat(missing("host", place -> !place.startsWith("CudaError.")))
                    .isEmpty();
        }

        @Test
        void nor_what_the_compilers_wrapper_says() throws Exception {
            assertThat(missing("compile", place -> COMPILER_CLASSES.stream().anyMatch(place::startsWith)))
                    .isEmpty();
        }

        private List<String> missing(String packageName, Predicate<String> places) throws Exception {
            List<String> samples = Words.samples(place -> "7");
            List<String> missing = new ArrayList<>();
            for (Path file : classes(packageName)) {
                ClassModel type = ClassFile.of().parse(file);
                type.methods()
                        .forEach(method -> method.code().ifPresent(code -> {
                            String place = file.getFileName().toString().replace(".class", ".")
                                    + method.methodName().stringValue() + ".";
                            List<String> constants = code.elementStream()
                                    .flatMap(WordsTests::texts)
                                    .toList();
                            boolean ours = code.elementStream()
                                    .anyMatch(element -> OUR_MISTAKES
                                            .matcher(element.toString())
                                            .find());
                            if (!ours && places.test(place)) {
                                constants.stream()
                                        .filter(Completeness::isProse)
                                        .filter(constant ->
                                                samples.stream().noneMatch(sample -> holds(sample, constant)))
                                        .forEach(constant ->
                                                missing.add(place + ": " + constant.replace("\u0001", "{}")));
                            }
                        }));
            }
            return missing;
        }

        private List<Path> classes(String packageName) throws URISyntaxException {
            Path folder = Path.of(Words.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("org/warpgrade/gpu/" + packageName);
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(".class")).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Two words of letters at least, and no program text. */
        private static boolean isProse(String constant) {
            return Pattern.compile("[A-Za-z]{2,} (.* )?[a-z]{2,}")
                            .matcher(constant)
                            .find()
                    && !Pattern.compile("[\\\\^$;{]|\\.version|__warpgrade|#line")
                            .matcher(constant)
                            .find()
                    && !NOT_FOR_STUDENTS.contains(constant);
        }

        private static boolean holds(String sample, String constant) {
            String pattern = Stream.of(constant.strip().split("\u0001", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return Pattern.compile(pattern).matcher(sample).find();
        }
    }

    private static Stream<String> texts(CodeElement element) {
        return switch (element) {
            case InvokeDynamicInstruction concat
            when concat.name().equalsString("makeConcatWithConstants") ->
                Stream.of(String.valueOf(concat.bootstrapArgs().getFirst()));
            case LoadConstantInstruction load when load.constantValue() instanceof String text -> Stream.of(text);
            default -> Stream.empty();
        };
    }
}
