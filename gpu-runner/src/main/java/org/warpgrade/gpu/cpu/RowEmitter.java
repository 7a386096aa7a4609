package org.warpgrade.gpu.cpu;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import org.warpgrade.gpu.cpu.RowAccesses.Row;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/** Emits what {@link Rows} need: the test before the lanes begin, and the place of an access. */
final class RowEmitter {

    static final ClassDesc ROWS = ClassDesc.of("org.warpgrade.gpu.cpu.Rows");
    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc J = ConstantDescs.CD_long;
    private static final ClassDesc Z = ConstantDescs.CD_boolean;
    private static final MethodTypeDesc IS_ROW = MethodTypeDesc.of(Z, I, I);
    static final MethodTypeDesc FITS = MethodTypeDesc.of(Z, I, I, I, I);
    private static final MethodTypeDesc ORIGIN =
            MethodTypeDesc.of(I, ConstantDescs.CD_byte.arrayType(), J, J, I, I, I, I, I, I);

    private final RegionPlan plan;
    private final RegionFrame frame;
    private final CodeBuilder b;

    RowEmitter(RegionPlan plan, RegionFrame frame, CodeBuilder b) {
        this.plan = plan;
        this.frame = frame;
        this.b = b;
    }

    /** Finds out, as the first lane, whether all lanes' accesses are rows. */
    void emitTest(RowAccesses rows, OperationEmitter operations) {
        if (rows.all().isEmpty()) {
            return;
        }
        Label end = b.newLabel();
        b.iconst_0().istore(frame.inRow());
        rows.all().forEach(row -> b.iconst_0().istore(frame.origin(row)));
        b.aload(RegionFrame.COHORT_SLOT).iload(RegionFrame.FROM).iload(RegionFrame.TO);
        b.invokevirtual(RegionMethod.COHORT, "isRow", IS_ROW).ifeq(end);
        frame.setAside(true);
        BitSet computed = new BitSet();
        BitSet tested = new BitSet();
        for (Row row : rows.all()) {
            plan.linear().chain(row.register(), register -> {
                if (!computed.get(register)) {
                    computed.set(register);
                    int pc = plan.definition(register);
                    b.lineNumber(pc + 1);
                    operations.emit(pc, plan.function().code().get(pc));
                }
            });
            plan.linear().widened(row.register(), register -> {
                if (!tested.get(register)) {
                    tested.set(register);
                    b.iload(frame.of(register)).loadConstant((int) plan.linear().step(register));
                    b.iload(RegionFrame.FROM).iload(RegionFrame.TO);
                    b.invokestatic(ROWS, "fits", FITS).ifeq(end);
                }
            });
            emitOrigin(row, operations, end);
        }
        frame.setAside(false);
        b.iconst_1().istore(frame.inRow());
        b.labelBinding(end);
    }

    private void emitOrigin(Row row, OperationEmitter operations, Label end) {
        Source base = new Source.Register(row.register());
        int near = frame.near(base);
        b.aload(near + 1).lload(near + 2);
        operations.push(base, RegisterKind.LONG);
        emitOrigin(b, row.extent(), frame.origin(row), end);
    }

    /**
     * Finds out where lane 0's accesses would be.
     *
     * @param local is where that is put; the bytes, where they begin and the first lane's address are on the stack
     * @param wrong where to go if some lane would be out of bounds or misaligned
     */
    static void emitOrigin(CodeBuilder b, Extent extent, int local, Label wrong) {
        b.loadConstant(extent.step()).iload(RegionFrame.FROM).iload(RegionFrame.TO);
        b.loadConstant(extent.least()).loadConstant(extent.most()).loadConstant(extent.align());
        b.invokestatic(ROWS, "origin", ORIGIN).dup().istore(local);
        b.loadConstant(Rows.NONE).if_icmpeq(wrong);
    }

    /** Pushes the bytes of the allocation, and the offset of a lane's access in it. */
    void place(Row row, long offset) {
        b.aload(frame.near(new Source.Register(row.register())) + 1);
        b.iload(frame.origin(row)).iload(RegionFrame.LANE);
        b.loadConstant(row.extent().step()).imul().iadd();
        b.loadConstant((int) offset).iadd();
    }
}
