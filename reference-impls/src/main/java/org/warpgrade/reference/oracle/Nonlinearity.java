package org.warpgrade.reference.oracle;

/**
 * The activations of curriculum C12 by their code, in double precision: 0 none, 1 relu, 2 sigmoid, 3 tanh, 4 gelu_erf,
 * 5 gelu_tanh (Hendrycks and Gimpel, "Gaussian error linear units", 2016).
 */
final class Nonlinearity {

    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private Nonlinearity() {}

    static double value(int code, double z) {
        return switch (code) {
            case 0 -> z;
            case 1 -> z < 0 ? 0 : z;
            case 2 -> 1 / (1 + Math.exp(-z));
            case 3 -> Math.tanh(z);
            case 4 -> 0.5 * z * (1 + erf(z / Math.sqrt(2)));
            case 5 -> 0.5 * z * (1 + Math.tanh(SQRT_2_OVER_PI * (z + CUBIC * z * z * z)));
            default -> throw new IllegalArgumentException("activation code " + code);
        };
    }

    /** The derivative at {@code z}; that of relu at 0 is 0. */
    static double slope(int code, double z) {
        return switch (code) {
            case 0 -> 1;
            case 1 -> z > 0 ? 1 : 0;
            case 2 -> value(2, z) * (1 - value(2, z));
            case 3 -> 1 - Math.tanh(z) * Math.tanh(z);
            case 4 -> 0.5 * (1 + erf(z / Math.sqrt(2))) + z * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            case 5 -> {
                double t = Math.tanh(SQRT_2_OVER_PI * (z + CUBIC * z * z * z));
                yield 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * SQRT_2_OVER_PI * (1 + 3 * CUBIC * z * z);
            }
            default -> throw new IllegalArgumentException("activation code " + code);
        };
    }

    /**
     * The error function by Kummer's series {@code 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 ... (2n+1))}, whose terms
     * all have one sign; beyond 6 the result rounds to 1.
     */
    static double erf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
