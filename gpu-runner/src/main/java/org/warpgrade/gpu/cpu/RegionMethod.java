package org.warpgrade.gpu.cpu;

import static org.warpgrade.gpu.cpu.RegionFrame.ARRAYS;
import static org.warpgrade.gpu.cpu.RegionFrame.COHORT_SLOT;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * A method that runs lanes through a region, while it is emitted: what all such methods have, and what {@link OperationEmitter}
 * and {@link MemoryEmitter} ask.
 */
abstract class RegionMethod {

    static final ClassDesc COHORT = ClassDesc.of("org.warpgrade.gpu.cpu.Cohort");
    static final ClassDesc NEAR = ClassDesc.of("org.warpgrade.gpu.cpu.Near");
    static final ClassDesc WATCHED = ClassDesc.of("org.warpgrade.gpu.cpu.WatchedAccess");

    /** The method's: cohort, first lane, one more than the last lane; the boundary, or -1. */
    static final MethodTypeDesc TYPE =
            MethodTypeDesc.of(ConstantDescs.CD_int, COHORT, ConstantDescs.CD_int, ConstantDescs.CD_int);

    static final MethodTypeDesc EXECUTED =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

    /** How far ahead neighbours of an access are looked for: unrolled kernels have blocks of thousands of instructions. */
    private static final int NEIGHBOURHOOD = 64;

    final RegionPlan plan;
    final RegionCode region;
    /** Whether each cohort is a warp by itself, see {@link Gang}. */
    final boolean fixedStride;

    final RegionFrame frame;
    final List<Instruction> code;
    final CodeBuilder b;
    final BitSet reachable;
    final TreeSet<Integer> exits;
    private final ClassDesc access;
    private final @Nullable Label[] labels;
    final TreeMap<Integer, Label> exitLabels = new TreeMap<>();

    RegionMethod(RegionPlan plan, RegionCode region, boolean fixedStride, ClassDesc access, CodeBuilder b) {
        this.plan = plan;
        this.region = region;
        this.fixedStride = fixedStride;
        this.frame = new RegionFrame(plan, region, fixedStride);
        this.code = plan.function().code();
        this.access = access;
        this.b = b;
        this.labels = new Label[code.size() + 1];
        this.reachable = region.reachable();
        this.exits = region.exits();
    }

    /** The method's name; stack traces are recognised by it. */
    static String methodName(int region) {
        return "region" + region;
    }

    // ------------------------------------------------------------------ before the lanes begin

    CodeBuilder field(String name, String descriptor) {
        return b.aload(COHORT_SLOT).getfield(COHORT, name, ClassDesc.ofDescriptor(descriptor));
    }

    void emitArrays() {
        for (RegisterKind kind : ARRAY_KINDS) {
            if (plan.slotCount(kind) > 0) {
                field(array(kind), descriptor(kind)).astore(ARRAYS + index(kind));
            }
        }
    }

    void emitMemory() {
        if (frame.touchesShared()) {
            field("shared", "[B").astore(frame.sharedLocal());
        }
        frame.nears()
                .forEach((number, local) -> b.aload(COHORT_SLOT)
                        .getfield(COHORT, "near", NEAR.arrayType())
                        .loadConstant(number)
                        .aaload()
                        .astore(local));
        emitPlaces(true);
    }

    /**
     * Takes note where the allocations are that pointers are near to: of a parameter once, because it is aimed at its
     * allocation before the launch, of other pointers for each lane, because each may have its own.
     */
    void emitPlaces(boolean ofParameters) {
        frame.nears().forEach((number, local) -> {
            if (knowsPlaces() && plan.pointers().parameter(number) >= 0 == ofParameters) {
                b.aload(local).getfield(NEAR, "bytes", ConstantDescs.CD_byte.arrayType());
                b.astore(local + 1);
                b.aload(local).getfield(NEAR, "begin", ConstantDescs.CD_long).lstore(local + 2);
            }
        });
    }

    /** Computes the registers that are the same for the whole block. */
    void emitUniforms(OperationEmitter operations) {
        for (int register : region.uniforms()) {
            Instruction instruction = code.get(plan.definition(register));
            b.lineNumber(plan.definition(register) + 1);
            operations.emit(plan.definition(register), instruction);
        }
    }

    private static final List<RegisterKind> ARRAY_KINDS =
            List.of(RegisterKind.INT, RegisterKind.LONG, RegisterKind.FLOAT, RegisterKind.DOUBLE);

    /** How the JVM holds a register. */
    static TypeKind type(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> TypeKind.INT;
            case LONG -> TypeKind.LONG;
            case FLOAT -> TypeKind.FLOAT;
            case DOUBLE -> TypeKind.DOUBLE;
        };
    }

    static int index(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> 0;
            case LONG -> 1;
            case FLOAT -> 2;
            case DOUBLE -> 3;
        };
    }

    private static String array(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> "ints";
            case LONG -> "longs";
            case FLOAT -> "floats";
            case DOUBLE -> "doubles";
        };
    }

    static String descriptor(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> "[I";
            case LONG -> "[J";
            case FLOAT -> "[F";
            case DOUBLE -> "[D";
        };
    }

    // ------------------------------------------------------------------ control flow

    Label edge(int target) {
        Boundary boundary = plan.isCut(target) ? plan.boundaryAt(target) : null;
        return boundary != null ? exitLabel(boundary.id()) : label(target);
    }

    Label label(int pc) {
        Label known = labels[pc];
        if (known != null) {
            return known;
        }
        Label label = b.newLabel();
        labels[pc] = label;
        return label;
    }

    Label exitLabel(int boundary) {
        return exitLabels.computeIfAbsent(boundary, _ -> b.newLabel());
    }

    // ------------------------------------------------------------------ what the operation emitter asks

    ClassDesc access() {
        return access;
    }

    RegisterKind kind(int register) {
        return plan.function().registers().get(register);
    }

    /** Whether a NaN in the register is one of the JVM's arithmetic, to be made canonical when its bits are looked at. */
    boolean hasOpenNan(int register) {
        return plan.nans().isOpen(register);
    }

    /** Whether the region belongs to a function that stayed one. */
    boolean isInBody() {
        return plan.linked().bodyAt(region.entry()) != null;
    }

    /** The local with the lane at work. */
    abstract int laneLocal();

    RegionFrame frame() {
        return frame;
    }

    /** The accesses that are done as rows where the lanes at work are one. */
    RowAccesses rows() {
        return region.rows();
    }

    abstract RowEmitter rowEmitter();

    /** Pushes a register. */
    abstract void loadLocal(int register);

    /** Takes a register's value from the stack. */
    abstract void storeLocal(int register);

    /** Whether accesses are told where their allocation is; the sanitizers ask for it themselves. */
    boolean knowsPlaces() {
        return !access.equals(WATCHED);
    }

    /** Tells an access by its offset from the base register and its size. */
    interface Accesses {
        boolean test(long offset, int size);
    }

    /** Counts accesses off the same register that follow in the basic block before the register changes, up to a number. */
    int accessesFollowing(int pc, int register, Accesses accesses, int enough) {
        int count = 0;
        boolean[] changed = {false};
        DataFlow.defines(code.get(pc), defined -> changed[0] |= defined == register);
        int last = Math.min(code.size() - 1, pc + NEIGHBOURHOOD);
        for (int next = pc + 1; !changed[0] && next <= last && reachable.get(next) && !plan.isLeader(next); next++) {
            Instruction instruction = code.get(next);
            boolean wanted = switch (instruction.op()) {
                case Op.Load load ->
                    isGlobal(load.space(), load.base(), register)
                            && accesses.test(load.offset(), load.type().bytes());
                case Op.Store store ->
                    isGlobal(store.space(), store.base(), register)
                            && accesses.test(store.offset(), store.type().bytes());
                default -> false;
            };
            if (wanted && ++count == enough) {
                return count;
            }
            DataFlow.defines(instruction, defined -> changed[0] |= defined == register);
        }
        return count;
    }

    private static boolean isGlobal(Op.Space space, Source base, int register) {
        return (space == Op.Space.GLOBAL || space == Op.Space.CONST)
                && base instanceof Source.Register(int index)
                && index == register;
    }

    int parameterBytes() {
        return plan.function().parameterBytes();
    }
}
