package org.warpgrade.engine.performance;

import java.util.List;
import java.util.Map;
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
    private final Inputs inputs;
    private int buffers;

    private ProblemCall(Map<String, Integer> sizes, long seed) {
        this.sizes = sizes;
        this.inputs = Inputs.of(seed, "problem");
    }

    /**
     * The call with those sizes.
     *
     * @param sizes {@link Problem#gpu()} or {@link Problem#model()}
     * @param seed inputs are standard normal and a pure function of it; integers are 0
     */
    public static Call of(Problem problem, Map<String, Integer> sizes, long seed) {
        ProblemCall call = new ProblemCall(sizes, seed);
        List<Argument> arguments = problem.parsed().stream().map(call::argument).toList();
        return new Call(problem.entry(), arguments);
    }

    /** The sizes for people: {@code rows=64 cols=1024}. */
    public static String label(Map<String, Integer> sizes) {
        return sizes.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
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
        DeviceBuffer.Access access =
                switch (buffer.access()) {
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
                ? DeviceBuffer.floats(name, access, inputs.normals(count), shape)
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
        Integer size = sizes.get(text);
        return size != null ? size : Double.parseDouble(text);
    }
}
