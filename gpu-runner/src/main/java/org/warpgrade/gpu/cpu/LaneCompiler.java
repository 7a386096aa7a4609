package org.warpgrade.gpu.cpu;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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

    /** The methods of {@link LaneProgram}. */
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            RegionMethod.COHORT,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int);

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** A compiled kernel, how it was cut, and for which blocks its lanes may go abreast. */
    record Compiled(
            RegionPlan plan,
            LaneProgram program,
            String className,
            @Nullable Formation formation) {}

    private LaneCompiler() {}

    /** A kernel's class before it is loaded. */
    record Emitted(
            RegionPlan plan,
            String className,
            byte[] bytes,
            @Nullable Formation formation) {

        Compiled load() {
            return new Compiled(plan, LaneCompiler.load(className, bytes), className, formation);
        }
    }

    /** Compiles with the given class of memory accessors. */
    static Compiled compile(LinkedKernel kernel, Class<?> access) {
        return emit(kernel, access).load();
    }

    /** Compiles for lanes that go abreast where they may. */
    static Compiled compile(LinkedKernel kernel, Formation formation) {
        return emit(kernel, LaneAccess.class, formation).load();
    }

    /** Cuts and emits a kernel so that the JIT takes every method, if there is a way. */
    static Emitted emit(LinkedKernel kernel, Class<?> access) {
        return emit(kernel, access, null);
    }

    /** @param formation how the threads of a block stand if they go abreast; null if they do not */
    static Emitted emit(LinkedKernel kernel, Class<?> access, @Nullable Formation formation) {
        int most = MOST_BYTES;
        BitSet apart = new BitSet();
        while (true) {
            RegionPlan plan = new RegionPlan(kernel, most, access == WatchedAccess.class, formation, apart);
            String name = "org.warpgrade.gpu.cpu.generated.Kernel" + COUNTER.incrementAndGet();
            byte[] bytes = classBytes(plan, name, ClassDesc.ofDescriptor(access.descriptorString()), formation);
            if (bytes.length < HUGE_METHOD) {
                return new Emitted(plan, name, bytes, formation);
            }
            Map<String, Integer> lengths = methodLengths(bytes);
            boolean tooWide = false;
            for (int region : plan.abreast().keySet()) {
                if (lengths.getOrDefault(AbreastEmitter.methodName(region), 0) >= HUGE_METHOD) {
                    apart.set(plan.regions().get(region).entry());
                    tooWide = true;
                }
            }
            boolean fits = lengths.values().stream().allMatch(length -> length < HUGE_METHOD);
            if (!tooWide && (fits || most <= FEWEST_BYTES)) {
                return new Emitted(plan, name, bytes, formation);
            }
            if (!tooWide) {
                most = most * 2 / 3;
            }
        }
    }

    /** The bytes of each method's bytecode. */
    static Map<String, Integer> methodLengths(byte[] bytes) {
        Map<String, Integer> lengths = new HashMap<>();
        for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
            method.code()
                    .ifPresent(code ->
                            lengths.put(method.methodName().stringValue(), ((CodeAttribute) code).codeLength()));
        }
        return lengths;
    }

    /**
     * The class is in the format of Java 5, which has no stack maps: the JVM infers types as it verifies, which takes a
     * fraction of the time of computing the maps here first.
     */
    private static byte[] classBytes(RegionPlan plan, String name, ClassDesc access, @Nullable Formation formation) {
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
                        RegionMethod.methodName(region.index()),
                        RegionMethod.TYPE,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                        b -> new RegionEmitter(plan, region, access, b).emit());
            }
            if (formation != null) {
                plan.abreast()
                        .forEach((index, region) -> cb.withMethodBody(
                                AbreastEmitter.methodName(index),
                                RegionMethod.TYPE,
                                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                                b -> new AbreastEmitter(plan, index, region, formation.lanes(), self, b).emit()));
            }
            Map<Integer, String> methods = new TreeMap<>();
            plan.regions().forEach(region -> methods.put(region.index(), RegionMethod.methodName(region.index())));
            cb.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, b -> emitSwitch(b, self, methods));
            if (!plan.abreast().isEmpty()) {
                methods.clear();
                plan.abreast().keySet().forEach(index -> methods.put(index, AbreastEmitter.methodName(index)));
                cb.withMethodBody("abreast", RUN, ClassFile.ACC_PUBLIC, b -> emitSwitch(b, self, methods));
            }
        });
    }

    /** Calls the method of the region that the first argument names. */
    private static void emitSwitch(CodeBuilder b, ClassDesc self, Map<Integer, String> methods) {
        List<SwitchCase> cases = new ArrayList<>();
        methods.keySet().forEach(index -> cases.add(SwitchCase.of(index, b.newLabel())));
        Label unknown = b.newLabel();
        b.iload(1).lookupswitch(unknown, cases);
        for (SwitchCase region : cases) {
            b.labelBinding(region.target());
            b.aload(2).iload(3).iload(4);
            b.invokestatic(self, methods.get(region.caseValue()), RegionMethod.TYPE);
            b.ireturn();
        }
        b.labelBinding(unknown);
        b.iconst_m1().ireturn();
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
