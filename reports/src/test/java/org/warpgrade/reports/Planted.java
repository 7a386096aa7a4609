package org.warpgrade.reports;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;

/**
 * A result with a value of its own in every field that reflection reaches, and where each value was put. Hidden checks
 * stand under {@code checks[hidden]}, public ones under {@code checks[public]}.
 */
final class Planted {

    private final Map<String, String> byPath = new LinkedHashMap<>();
    private final CheckStatus status;
    private final Verdict verdict;
    private final String prefix;
    private GradingResult result;
    private int count;

    /** @param prefix what every planted text begins with */
    Planted(Verdict verdict, CheckStatus status, String prefix) {
        this.verdict = verdict;
        this.status = status;
        this.prefix = prefix;
        this.result = (GradingResult) plant(GradingResult.class, "", Visibility.HIDDEN);
    }

    GradingResult result() {
        return result;
    }

    /** The values by path; numbers as a reader would find them: three digits, so that rounding hides none. */
    Map<String, String> byPath() {
        return byPath;
    }

    private Object plant(Type type, String path, Visibility visibility) {
        count++;
        return switch (type) {
            case ParameterizedType p when p.getRawType() == List.class -> list(p, path, visibility);
            case ParameterizedType p
            when p.getRawType() == Map.class ->
                Map.of(
                        note(path + ".key", prefix + "k" + count),
                        plant(p.getActualTypeArguments()[1], path, visibility));
            case Class<?> c when c == String.class -> text(path);
            case Class<?> c when c == int.class || c == Integer.class -> whole(path);
            case Class<?> c when c == long.class || c == Long.class -> (long) whole(path);
            case Class<?> c when c == double.class || c == Double.class -> real(path);
            case Class<?> c when c == boolean.class -> true;
            case Class<?> c when c == Visibility.class -> visibility;
            case Class<?> c when c == Verdict.class -> verdict;
            case Class<?> c when c == CheckStatus.class -> status;
            case Class<?> c when c == Severity.class -> Severity.ERROR;
            case Class<?> c when c == FindingKind.class -> FindingKind.ASSERTION;
            case Class<?> c when c.isRecord() -> record(c, path, visibility);
            default -> throw new IllegalStateException(path + " has the type " + type + ", which this does not plant");
        };
    }

    /** Checks come in both kinds, the cells of a map as many as its rows and columns say, all else once. */
    private List<Object> list(ParameterizedType type, String path, Visibility visibility) {
        Type element = type.getActualTypeArguments()[0];
        List<Object> list = new ArrayList<>();
        if (path.equals("checks")) {
            list.add(plant(element, "checks[public]", Visibility.PUBLIC));
            list.add(plant(element, "checks[hidden]", Visibility.HIDDEN));
        } else if (path.endsWith(".map") || path.endsWith(".blocks")) {
            list.addAll(path.endsWith(".map") ? List.of(1.0, 0.0) : List.of(0, 1));
        } else {
            list.add(plant(element, path, visibility));
        }
        return list;
    }

    private Object record(Class<?> type, String path, Visibility visibility) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            String at = path.isEmpty() ? components[i].getName() : path + "." + components[i].getName();
            values[i] = plant(components[i].getGenericType(), at, visibility);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(path, e);
        }
    }

    /** Checks have readable ids, and counters name the hidden check. */
    private String text(String path) {
        return switch (path) {
            case "checks[public].id" -> "P1";
            case "checks[hidden].id", "kernels.counted.check" -> "H1";
            case "performance.kind" -> "model";
            default -> note(path, prefix + "m" + count + "x");
        };
    }

    private int whole(String path) {
        return switch (path) {
            case "schema" -> 1;
            case String p when p.endsWith("mapRows") -> 1;
            case String p when p.endsWith("mapColumns") -> 2;
            default -> Integer.parseInt(note(path, Integer.toString(7_310_000 + count)));
        };
    }

    private double real(String path) {
        String digits = (100 + count) + "e-9";
        double value = Double.parseDouble(digits);
        note(path, Numbers.rough(value));
        return value;
    }

    private String note(String path, String value) {
        byPath.put(path, value);
        return value;
    }
}
