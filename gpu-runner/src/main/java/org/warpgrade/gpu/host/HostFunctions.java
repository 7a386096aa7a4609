package org.warpgrade.gpu.host;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.warpgrade.gpu.host.RuntimeCalls.Site;

/** The mathematical functions of host code: within an ulp, and exact where the result is, as in the GNU C library. */
final class HostFunctions {

    private static final double LN_2 = StrictMath.log(2);

    private static final Map<String, DoubleUnaryOperator> OF_ONE = new HashMap<>();
    private static final Map<String, DoubleBinaryOperator> OF_TWO = new HashMap<>();

    static {
        OF_ONE.put("acos", StrictMath::acos);
        OF_ONE.put("asin", StrictMath::asin);
        OF_ONE.put("atan", StrictMath::atan);
        OF_ONE.put("cbrt", StrictMath::cbrt);
        OF_ONE.put("cos", StrictMath::cos);
        OF_ONE.put("cosh", StrictMath::cosh);
        OF_ONE.put("exp", StrictMath::exp);
        OF_ONE.put("exp2", x -> StrictMath.pow(2, x));
        OF_ONE.put("expm1", StrictMath::expm1);
        OF_ONE.put("log", StrictMath::log);
        OF_ONE.put("log10", StrictMath::log10);
        OF_ONE.put("log1p", StrictMath::log1p);
        OF_ONE.put("log2", HostFunctions::log2);
        OF_ONE.put("sin", StrictMath::sin);
        OF_ONE.put("sinh", StrictMath::sinh);
        OF_ONE.put("tan", StrictMath::tan);
        OF_ONE.put("tanh", StrictMath::tanh);
        OF_TWO.put("atan2", StrictMath::atan2);
        OF_TWO.put("hypot", StrictMath::hypot);
        OF_TWO.put("pow", StrictMath::pow);
    }

    private HostFunctions() {}

    /** Exact for powers of two, for which the mantissa's logarithm is 0. */
    private static double log2(double x) {
        if (!(x > 0) || Double.isInfinite(x) || x < Double.MIN_NORMAL) {
            return StrictMath.log(x) / LN_2;
        }
        int exponent = Math.getExponent(x);
        double mantissa = Math.scalb(x, -exponent);
        if (mantissa > 1.5) {
            exponent++;
            mantissa /= 2;
        }
        return exponent + StrictMath.log(mantissa) / LN_2;
    }

    /** Serves a call; false if there is no such function. */
    static boolean call(String name, Site site) {
        DoubleUnaryOperator ofOne = OF_ONE.get(name);
        DoubleBinaryOperator ofTwo = OF_TWO.get(name);
        if (ofOne == null && ofTwo == null) {
            return false;
        }
        double x = Double.longBitsToDouble(site.longArgument(0));
        double result = ofOne != null
                ? ofOne.applyAsDouble(x)
                : ofTwo.applyAsDouble(x, Double.longBitsToDouble(site.longArgument(1)));
        site.returnLong(Double.doubleToRawLongBits(result));
        return true;
    }
}
