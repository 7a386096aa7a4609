package org.warpgrade.reference.oracle;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The five activations and the identity, forward and backward, element by element ({@link Nonlinearity} holds the formulas).
 */
public final class ActivationOracle {

    /** Names by code, as curriculum C12 numbers them. */
    public static final List<String> NAMES = List.of("none", "relu", "sigmoid", "tanh", "gelu_erf", "gelu_tanh");

    private ActivationOracle() {}

    public static OracleTensor forward(int kind, float[] x) {
        return map("y", x, z -> value(kind, z));
    }

    /** {@code dx = dy f'(x)}. */
    public static OracleTensor backward(int kind, float[] x, float[] dy) {
        return backward(x, dy, z -> slope(kind, z));
    }

    /** {@code dx = dy slope(x)} for any slope, right or wrong. */
    public static OracleTensor backward(float[] x, float[] dy, DoubleUnaryOperator slope) {
        double[] values = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = dy[i] * slope.applyAsDouble(x[i]);
        }
        return OracleTensor.of("dx", values, x.length);
    }

    /** Any function of each element. */
    public static OracleTensor map(String name, float[] x, DoubleUnaryOperator function) {
        double[] values = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = function.applyAsDouble(x[i]);
        }
        return OracleTensor.of(name, values, x.length);
    }

    public static double value(int kind, double z) {
        return Nonlinearity.value(kind, z);
    }

    /** The derivative at z; that of relu at 0 is 0. */
    public static double slope(int kind, double z) {
        return Nonlinearity.slope(kind, z);
    }

    /** The standard normal distribution function. */
    public static double phi(double z) {
        return 0.5 * (1 + Nonlinearity.erf(z / Math.sqrt(2)));
    }

    /** The tanh form of GELU with any cubic constant; 0.044715 is the right one. */
    public static double geluTanh(double z, double cubic) {
        return 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + cubic * z * z * z)));
    }
}
