package org.warpgrade.gpu.model;

import java.util.Locale;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Metric;

/** The units that do floating-point operations. */
public enum Arithmetic {
    FP32(Metric.FP32_FLOPS),
    FP64(Metric.FP64_FLOPS),
    FP16(Metric.FP16_FLOPS),
    TENSOR(Metric.TENSOR_FLOPS);

    private final Metric flops;

    Arithmetic(Metric flops) {
        this.flops = flops;
    }

    /** {@code fp32}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Operations of this type. */
    public double of(Counters counters) {
        return counters.get(flops);
    }

    /** The type most operations have; {@link #FP32} if there are none. */
    public static Arithmetic mostOf(Counters counters) {
        Arithmetic most = FP32;
        for (Arithmetic type : values()) {
            if (type.of(counters) > most.of(counters)) {
                most = type;
            }
        }
        return most;
    }
}
