package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** Parameters of one or two bytes, which a host function of PTX takes in four and a kernel as they are. */
class SmallParametersTests {

    private static final String SOURCE = """
            extern "C" __global__ void store(int* p, bool flag, short s, signed char c, unsigned short u) {
                p[0] = flag; p[1] = s; p[2] = c; p[3] = u;
            }
            extern "C" void solve(int* p, bool flag, short s, signed char c, unsigned short u) {
                store<<<1, 1>>>(p, flag, s, c, u);
            }
            """;

    private final DeviceBuffer p = DeviceBuffer.ints("p", Access.INOUT, new int[4]);

    private RunOutcome run(Executor executor, String entry, Argument... values) {
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.pointer(p));
        arguments.addAll(List.of(values));
        return Kernels.runText(executor, SOURCE, new Call(entry, arguments), RunSettings.defaults());
    }

    private static Argument value(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return new Argument.Scalar(all);
    }

    @ParameterizedTest
    @CsvSource({"solve, LANE_LOOPS", "solve, WARP_INTERPRETER", "store, LANE_LOOPS", "store, WARP_INTERPRETER"})
    void arrive_with_their_signs(String entry, Executor executor) {
        RunOutcome outcome = run(executor, entry, value(1), value(0xFE, 0xFF), value(0xFD), value(0xFF, 0xFF));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RunOutcome.Completed.class,
                        run -> assertThat(run.buffers().ints(p)).containsExactly(1, -2, -3, 65535));
    }

    @ParameterizedTest
    @CsvSource({
        "solve, 'solve takes parameters of 8, 4, 4, 4, 4 bytes; the call gives parameters of 8, 1, 8 bytes'",
        "store, 'store takes parameters of 8, 1, 2, 1, 2 bytes; the call gives parameters of 8, 1, 8 bytes'"
    })
    void others_are_told_by_their_sizes(String entry, String words) {
        assertThat(run(Executor.LANE_LOOPS, entry, value(1), Argument.i64(2)))
                .isInstanceOfSatisfying(
                        RunOutcome.NoSuchEntry.class,
                        outcome -> assertThat(outcome.message()).isEqualTo(words));
    }
}
