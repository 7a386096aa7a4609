package org.warpgrade.checks.att;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;

import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.MaskOracle;
import org.warpgrade.reference.oracle.MaskOracle.Config;
import org.warpgrade.reference.oracle.OracleTensor;

/** One mask to build: its configuration, the number of sequences and the value of a blocked bias. */
record MaskCase(Config config, int batch, float blocked) {

    /** A finished run with both outputs. */
    record Built(MaskCase input, Run run, DeviceBuffer mask, DeviceBuffer bias) {

        Built matchesTheOracle() {
            run.assertThat(mask).isEqualTo(MaskOracle.mask(input.config, input.batch), input.mistakes());
            run.assertThat(bias)
                    .isCloseTo(
                            MaskOracle.bias(input.config, input.batch, input.blocked),
                            Tolerance.exact(),
                            input.mistakesOfBias());
            return this;
        }
    }

    /** Random tables of these extents; those that no bit needs are there too and are passed as null. */
    static Config config(Inputs inputs, int kind, int batch, int queries, int keys) {
        return new Config(
                kind,
                queries,
                keys,
                inputs.between(0, keys),
                inputs.between(0, Math.max(1, keys / 4)),
                inputs.between(0, Math.max(0, keys - queries)),
                inputs.integers(batch, 0, keys),
                inputs.integers(batch * keys, 0, 2),
                inputs.permutation(keys));
    }

    /** The MaskCfg as the student's struct has it; tables of unset bits are null. */
    static Argument struct(Config c, int batch) {
        return Argument.struct(
                i32(c.kind()),
                i32(c.queries()),
                i32(c.keys()),
                i32(c.prefix()),
                i32(c.window()),
                i32(c.offset()),
                table("len", c.has(MaskOracle.PADDING) ? c.len() : null, batch),
                table("doc", c.has(MaskOracle.DOCUMENT) ? c.doc() : null, batch, c.keys()),
                table("order", c.has(MaskOracle.PERMUTATION) ? c.order() : null, c.keys()));
    }

    Built build(Bench bench, String family) {
        DeviceBuffer mask = DeviceBuffer.output("mask", ElementType.U8, batch, config.queries(), config.keys());
        DeviceBuffer bias = DeviceBuffer.output("bias", ElementType.F32, batch, config.queries(), config.keys());
        Run run = bench.run(
                family,
                "kind=" + config.kind() + " B=" + batch + " Sq=" + config.queries() + " Sk=" + config.keys()
                        + " prefix=" + config.prefix() + " window=" + config.window() + " offset=" + config.offset()
                        + " blocked=" + blocked,
                Call.of(
                        "build_mask",
                        new Argument.HostPointer(struct(config, batch)),
                        pointer(mask),
                        pointer(bias),
                        i32(batch),
                        f32(blocked)));
        return new Built(this, run, mask, bias);
    }

    private static Argument table(String name, int @Nullable [] values, int... shape) {
        return values == null ? nullPointer() : pointer(DeviceBuffer.ints(name, IN, values, shape));
    }

    private Hypothesis[] mistakes() {
        return MaskMistakes.of("mask", new int[] {batch, config.queries(), config.keys()}, (predicate, i) -> {
            int row = i / config.keys();
            return predicate.permits(config, row / config.queries(), row % config.queries(), i % config.keys());
        });
    }

    private Hypothesis[] mistakesOfBias() {
        return new Hypothesis[] {
            Hypothesis.of(
                    "blocked keys get -10000 whatever value is asked for: write the argument blocked.",
                    "无论要求什么值，被屏蔽的键都得到 -10000：应写入参数 blocked。",
                    () -> MaskOracle.bias(config, batch, -10000)),
            Hypothesis.of(
                    "permitted keys get NaN: (1 - mask) * blocked is 0 * -inf; choose with ?: instead.",
                    "可见的键得到 NaN：(1 - mask) * blocked 是 0 * -inf；应改用 ?: 选择。",
                    () -> {
                        OracleTensor right = MaskOracle.bias(config, batch, blocked);
                        double[] values = right.values().clone();
                        for (int i = 0; i < values.length; i++) {
                            values[i] = values[i] == 0 ? 0 * (double) blocked : values[i];
                        }
                        return OracleTensor.of("bias", values, right.shape());
                    }),
        };
    }
}
