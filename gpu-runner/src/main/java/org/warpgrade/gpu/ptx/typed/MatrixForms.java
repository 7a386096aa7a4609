package org.warpgrade.gpu.ptx.typed;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.Op.MatrixShape;

/** Which shapes go with which types in warp-wide matrix products (PTX ISA 9.7.14.1, 9.7.14.2). */
final class MatrixForms {

    private static final Pattern SHAPE = Pattern.compile("m(\\d+)n(\\d+)k(\\d+)");

    private MatrixForms() {}

    /** The shape among an opcode's modifiers. */
    static Optional<MatrixShape> shape(List<String> modifiers) {
        return modifiers.stream()
                .map(SHAPE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(m -> new MatrixShape(
                        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3))));
    }

    /**
     * The forms of {@code mma.sync} that are carried out. Left out are {@code m8n8k4} with halves, four products by
     * groups of eight lanes, which only Volta has in hardware, and the types of four, six and one bits.
     */
    static boolean isMma(MatrixShape shape, PtxType d, PtxType a, PtxType b, PtxType c) {
        int k = shape.k();
        boolean tall = shape.m() == 16 && shape.n() == 8;
        boolean square = shape.m() == 8 && shape.n() == 8;
        return accumulates(d, a, b, c)
                && switch (a) {
                    case F16, BF16 -> tall && (k == 8 || k == 16);
                    case TF32 -> tall && (k == 4 || k == 8);
                    case S8, U8 -> tall && (k == 16 || k == 32) || square && k == 16;
                    case F64 -> square && k == 4 || tall && (k == 4 || k == 8 || k == 16);
                    default -> false;
                };
    }

    /** The forms of {@code wmma.mma} that are carried out. */
    static boolean isWmma(MatrixShape shape, PtxType d, PtxType a, PtxType b, PtxType c) {
        boolean usual = shape.k() == 16
                && (shape.m() == 16 && shape.n() == 16
                        || shape.m() == 32 && shape.n() == 8
                        || shape.m() == 8 && shape.n() == 32);
        return accumulates(d, a, b, c)
                && a == b
                && switch (a) {
                    case F16, BF16, S8, U8 -> usual;
                    case TF32 -> shape.equals(new MatrixShape(16, 16, 8));
                    case F64 -> shape.equals(new MatrixShape(8, 8, 4));
                    default -> false;
                };
    }

    private static boolean accumulates(PtxType d, PtxType a, PtxType b, PtxType c) {
        return switch (a) {
            case F16 -> b == a && isHalfOrFloat(c) && isHalfOrFloat(d);
            case BF16, TF32 -> b == a && c == PtxType.F32 && d == PtxType.F32;
            case S8, U8 -> (b == PtxType.S8 || b == PtxType.U8) && c == PtxType.S32 && d == PtxType.S32;
            case F64 -> b == a && c == a && d == a;
            default -> false;
        };
    }

    private static boolean isHalfOrFloat(PtxType type) {
        return type == PtxType.F16 || type == PtxType.F32;
    }
}
