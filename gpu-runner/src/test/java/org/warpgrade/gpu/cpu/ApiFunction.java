package org.warpgrade.gpu.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A device function of the CUDA API, as a line of {@code api/*.txt} has it: {@code [80 ]float fmaf(float, float, float)}. The
 * number is the first architecture that has it; a parameter {@code int: 3} always gets that value.
 *
 * @param file where it is listed
 * @param index its number there
 */
record ApiFunction(String file, int index, int since, String result, String name, List<String> parameters) {

    private static final Pattern LINE = Pattern.compile("(?:(\\d\\d) )?(.+?) (\\w+)\\((.*)\\)");

    static List<ApiFunction> all() {
        List<ApiFunction> functions = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(ApiFunction.class.getResource("/api")).toURI()))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        functions.add(parsed(file.getFileName().toString(), functions.size(), line));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return functions;
    }

    private static ApiFunction parsed(String file, int index, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(file + ": " + line);
        }
        int since = matcher.group(1) == null ? 70 : Integer.parseInt(matcher.group(1));
        List<String> parameters = matcher.group(4).isEmpty()
                ? List.of()
                : List.of(matcher.group(4).split(", "));
        return new ApiFunction(file, index, since, matcher.group(2), matcher.group(3), parameters);
    }

    String kernelName() {
        return "api" + index;
    }

    /**
     * A kernel in which each thread calls the function on values of its own; its result and what it wrote through pointers
     * go to {@code out}, 64 bytes a thread.
     */
    String kernel() {
        StringBuilder text = new StringBuilder();
        text.append("extern \"C\" __global__ void ").append(kernelName()).append("(const char* in, char* out) {\n");
        text.append("    if (threadIdx.x >= 32) return;\n    in += threadIdx.x * 64; out += threadIdx.x * 64;\n");
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            String parameter = parameters.get(i);
            int fixed = parameter.indexOf(": ");
            if (fixed > 0) {
                arguments.add("(" + parameter.substring(0, fixed) + ")" + parameter.substring(fixed + 2));
            } else if (parameter.endsWith("*")) {
                String to = parameter.substring(0, parameter.length() - 1);
                String where = to.startsWith("const ") ? "in" : "(out + 16 + " + 16 * Math.min(i, 2) + ")";
                arguments.add("(" + parameter + ")" + where);
            } else {
                arguments.add("*(const " + parameter + "*)(in + " + 16 * i + ")");
            }
        }
        String call = name + "(" + String.join(", ", arguments) + ")";
        text.append("    ");
        if (!result.equals("void")) {
            text.append("*(").append(result).append("*)out = ");
        }
        return text.append(call).append(";\n}\n").toString();
    }

    @Override
    public String toString() {
        return file + ": " + result + " " + name + "(" + String.join(", ", parameters) + ")";
    }
}
