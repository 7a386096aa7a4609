package org.warpgrade.engine.performance;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.ProblemArgument;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.reference.inputs.Inputs;

/** Turns an assignment's problem into a call with inputs: what is measured on a GPU and counted without one. */
public final class ProblemCall {

    private final Map<String, Integer> sizes;
    private final IntFunction<float[]> values;
    private int buffers;

    private ProblemCall(Map<String, Integer> sizes, IntFunction<float[]> values) {
        this.sizes = sizes;
        this.values = values;
    }

    /**
     * The call with those sizes.
     *
     * @param sizes {@link Problem#gpu()} or {@link Problem#model()}
     * @param seed inputs are standard normal and a pure function of it; integers are 0
     */
    public static Call of(Problem problem, Map<String, Integer> sizes, long seed) {
        return of(problem, new ProblemCall(sizes, Inputs.of(seed, "problem")::normals));
    }

    /**
     * The call with inputs of hundreds of megabytes, which must not take longer to make than to run: nearly normal values,
     * each the sum of four uniform ones of 16 bits.
     */
    static Call large(Problem problem, Map<String, Integer> sizes, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return of(problem, new ProblemCall(sizes, count -> nearlyNormal(random, count)));
    }

    private static Call of(Problem problem, ProblemCall call) {
        return new Call(
                problem.entry(), problem.parsed().stream().map(call::argument).toList());
    }

    private static float[] nearlyNormal(RandomGenerator random, int count) {
        float scale = (float) (Math.sqrt(3) / (1 << 16)); // a uniform value of width 1 has a variance of 1/12
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long bits = random.nextLong();
            int sum = (int) (bits & 0xFFFF)
                    + (int) (bits >>> 16 & 0xFFFF)
                    + (int) (bits >>> 32 & 0xFFFF)
                    + (int) (bits >>> 48);
            values[i] = scale * (sum - 2 * 0xFFFF);
        }
        return values;
    }

    /** Bytes of all buffers. */
    static long bytes(Problem problem, Map<String, Integer> sizes) {
        return problem.parsed().stream()
                .mapToLong(argument -> bytes(argument, sizes))
                .sum();
    }

    private static long bytes(ProblemArgument argument, Map<String, Integer> sizes) {
        return switch (argument) {
            case ProblemArgument.Buffer(var _, ProblemArgument.Type type, List<String> extents) ->
                extents.stream()
                        .mapToLong(e -> (long) number(sizes, e))
                        .reduce(ElementType.valueOf(type.name()).bytes(), Math::multiplyExact);
            case ProblemArgument.Struct(List<ProblemArgument> fields) ->
                fields.stream().mapToLong(f -> bytes(f, sizes)).sum();
            case ProblemArgument.HostStruct(List<ProblemArgument> fields) ->
                fields.stream().mapToLong(f -> bytes(f, sizes)).sum();
            case ProblemArgument.Value _, ProblemArgument.NullPointer _ -> 0;
        };
    }

    /** The sizes for people: {@code rows=64 cols=1024}. */
    public static String label(Map<String, Integer> sizes) {
        return sizes.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    private Argument argument(ProblemArgument argument) {
        return switch (argument) {
            case ProblemArgument.Buffer buffer -> Argument.pointer(buffer(buffer));
            case ProblemArgument.Value value -> value(value);
            case ProblemArgument.NullPointer() -> Argument.nullPointer();
            case ProblemArgument.Struct(List<ProblemArgument> fields) -> struct(fields);
            case ProblemArgument.HostStruct(List<ProblemArgument> fields) -> new Argument.HostPointer(struct(fields));
        };
    }

    private Argument struct(List<ProblemArgument> fields) {
        return new Argument.Struct(fields.stream().map(this::argument).toList());
    }

    private DeviceBuffer buffer(ProblemArgument.Buffer buffer) {
        String name = "buffer" + ++buffers;
        int[] shape = buffer.extents().stream().mapToInt(e -> (int) number(e)).toArray();
        ElementType type = ElementType.valueOf(buffer.type().name());
        DeviceBuffer.Access access = switch (buffer.access()) {
            case IN -> DeviceBuffer.Access.IN;
            case INOUT -> DeviceBuffer.Access.INOUT;
            case OUT -> DeviceBuffer.Access.OUT;
        };
        if (access == DeviceBuffer.Access.OUT) {
            return DeviceBuffer.output(name, type, shape);
        }
        int count = 1;
        for (int extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        return type == ElementType.F32
                ? DeviceBuffer.floats(name, access, values.apply(count), shape)
                : DeviceBuffer.of(name, type, access, new byte[count * type.bytes()], shape);
    }

    private Argument value(ProblemArgument.Value value) {
        double number = number(value.value());
        return switch (value.type()) {
            case F32 -> Argument.f32((float) number);
            case F64 -> Argument.f64(number);
            case I32 -> Argument.i32((int) number);
            case I64 -> Argument.i64((long) number);
            case U8 -> new Argument.Scalar(new byte[] {(byte) number});
        };
    }

    private double number(String text) {
        return number(sizes, text);
    }

    private static double number(Map<String, Integer> sizes, String text) {
        Integer size = sizes.get(text);
        return size != null ? size : Double.parseDouble(text);
    }
}
