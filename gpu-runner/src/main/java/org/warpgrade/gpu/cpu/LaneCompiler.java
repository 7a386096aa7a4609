package org.warpgrade.gpu.cpu;

import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.warpgrade.gpu.cpu.RegionPlan.Region;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;

/** Compiles a kernel to a class of lane loops, one method per region. */
final class LaneCompiler {

    /** HotSpot never compiles a method of 8000 bytes or more (-XX:HugeMethodLimit). */
    private static final int HUGE_METHOD = 8000;

    /** Bytes that a region is planned to have at most: an estimate, hence the margin. */
    private static final int MOST_BYTES = 6000;

    /** Below this, loads and spills outweigh the code between them: smaller regions would not be smaller methods. */
    private static final int FEWEST_BYTES = 1000;

    private static final ClassDesc PROGRAM = ClassDesc.of("org.warpgrade.gpu.cpu.LaneProgram");

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** A compiled kernel and how it was cut. */
    record Compiled(RegionPlan plan, LaneProgram program, String className) {}

    private LaneCompiler() {}

    /** A kernel's class before it is loaded. */
    record Emitted(RegionPlan plan, String className, byte[] bytes) {

        Compiled load() {
            return new Compiled(plan, LaneCompiler.load(className, bytes), className);
        }
    }

    /** Compiles with the given class of memory accessors. */
    static Compiled compile(LinkedKernel kernel, Class<?> access) {
        return emit(kernel, access).load();
    }

    /** Cuts and emits a kernel so that the JIT takes every method, if there is a way. */
    static Emitted emit(LinkedKernel kernel, Class<?> access) {
        int most = MOST_BYTES;
        while (true) {
            RegionPlan plan = new RegionPlan(kernel, most, access == WatchedAccess.class);
            String name = "org.warpgrade.gpu.cpu.generated.Kernel" + COUNTER.incrementAndGet();
            byte[] bytes = classBytes(plan, name, ClassDesc.ofDescriptor(access.descriptorString()));
            if (bytes.length < HUGE_METHOD || most <= FEWEST_BYTES || largestMethod(bytes) < HUGE_METHOD) {
                return new Emitted(plan, name, bytes);
            }
            most = most * 2 / 3;
        }
    }

    static int largestMethod(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .flatMap(method -> method.code().stream())
                .mapToInt(code -> ((CodeAttribute) code).codeLength())
                .max()
                .orElse(0);
    }

    /**
     * The class is in the format of Java 5, which has no stack maps: the JVM infers types as it verifies, which takes a
     * fraction of the time of computing the maps here first.
     */
    private static byte[] classBytes(RegionPlan plan, String name, ClassDesc access) {
        ClassDesc self = ClassDesc.of(name);
        ClassFile format =
                ClassFile.of(ClassFile.DeadCodeOption.KEEP_DEAD_CODE, ClassFile.StackMapsOption.DROP_STACK_MAPS);
        return format.build(self, cb -> {
            cb.withVersion(ClassFile.JAVA_5_VERSION, 0);
            cb.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            cb.withSuperclass(PROGRAM);
            cb.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    b -> b.aload(0)
                            .invokespecial(PROGRAM, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            for (Region region : plan.regions()) {
                cb.withMethodBody(
                        RegionEmitter.methodName(region.index()),
                        RegionEmitter.TYPE,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                        b -> new RegionEmitter(plan, region, access, b).emit());
            }
            cb.withMethodBody(
                    "run",
                    MethodTypeDesc.of(
                            ConstantDescs.CD_int,
                            ConstantDescs.CD_int,
                            RegionEmitter.COHORT,
                            ConstantDescs.CD_int,
                            ConstantDescs.CD_int),
                    ClassFile.ACC_PUBLIC,
                    b -> {
                        List<SwitchCase> cases = new ArrayList<>();
                        List<Label> labels = new ArrayList<>();
                        for (Region region : plan.regions()) {
                            Label label = b.newLabel();
                            labels.add(label);
                            cases.add(SwitchCase.of(region.index(), label));
                        }
                        Label unknown = b.newLabel();
                        b.iload(1).tableswitch(0, labels.size() - 1, unknown, cases);
                        for (Region region : plan.regions()) {
                            b.labelBinding(labels.get(region.index()));
                            b.aload(2).iload(3).iload(4);
                            b.invokestatic(self, RegionEmitter.methodName(region.index()), RegionEmitter.TYPE);
                            b.ireturn();
                        }
                        b.labelBinding(unknown);
                        b.iconst_m1().ireturn();
                    });
        });
    }

    /** A loader of its own for each kernel, so that the class goes when the program goes. */
    private static final class Loader extends ClassLoader {

        Loader() {
            super("lane-loops", LaneCompiler.class.getClassLoader());
        }

        Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static LaneProgram load(String name, byte[] bytes) {
        try {
            return (LaneProgram)
                    new Loader().define(name, bytes).getConstructor().newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("generated class " + name, impossible);
        }
    }
}
