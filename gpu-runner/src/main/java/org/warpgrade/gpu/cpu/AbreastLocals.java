package org.warpgrade.gpu.cpu;

import static org.warpgrade.gpu.cpu.RegionFrame.FROM;
import static org.warpgrade.gpu.cpu.RegionFrame.LANE;

import java.lang.classfile.CodeBuilder;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/**
 * Where the registers are in a method of lanes abreast. A register with a step is a local that holds the first lane's value: one
 * between the blocks, its home, and one for each time that a block writes it, because the block's loop over the lanes comes
 * after that. Other registers are locals of the loop, and rows between the blocks.
 */
final class AbreastLocals {

    /** What is emitted, and so where a register's value is. */
    enum Phase {
        /** Registers that are the same for the whole block of threads. */
        BLOCK,
        /** Registers with a step, for the first lane. */
        FIRST_LANE,
        /** The same for the last lane, for a look at the result. */
        LAST_LANE,
        /** The others, in the loop over the lanes. */
        EACH_LANE
    }

    private final AbreastRegion abreast;
    private final RegionFrame frame;
    private final List<RegisterKind> kinds;
    private final CodeBuilder b;
    private final Map<Integer, Integer> homes = new TreeMap<>();
    private final int firstFree;
    private Phase phase = Phase.BLOCK;

    // of the block at work
    private final Map<Integer, Integer> versions = new TreeMap<>();
    private final Map<Integer, Map<Integer, Integer>> versionsAt = new HashMap<>();
    private int pc;
    private int free;

    AbreastLocals(AbreastRegion abreast, RegionFrame frame, List<RegisterKind> kinds, CodeBuilder b) {
        this.abreast = abreast;
        this.frame = frame;
        this.kinds = kinds;
        this.b = b;
        int next = frame.anchor(0);
        BitSet touched = (BitSet) abreast.region().used().clone();
        touched.or(abreast.region().defined());
        for (int register = touched.nextSetBit(0); register >= 0; register = touched.nextSetBit(register + 1)) {
            if (abreast.isScalar(register)) {
                homes.put(register, next);
                next += kinds.get(register).isWide() ? 2 : 1;
            }
        }
        this.firstFree = next;
        this.free = next;
    }

    /** The home of each register with a step. */
    Map<Integer, Integer> homes() {
        return homes;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** A block begins; all registers with a step are at home. */
    void beginBlock() {
        free = firstFree;
        versions.clear();
        versionsAt.clear();
        phase = Phase.FIRST_LANE;
    }

    /** The instruction at work. */
    void at(int instruction) {
        pc = instruction;
    }

    /** Begins a loop over the lanes: they see each register as it was before the block, and then as the block writes it. */
    void beginLanes() {
        phase = Phase.EACH_LANE;
        versions.clear();
    }

    /** The instruction at work is over: what it wrote for the first lane is what lanes see from here on. */
    void passed() {
        versions.putAll(versionsAt.getOrDefault(pc, Map.of()));
    }

    /** Brings what the block has written home, of registers that somebody reads behind it. */
    void endBlock(BitSet wanted) {
        Map<Integer, Integer> last = new TreeMap<>();
        versionsAt.keySet().stream().sorted().forEach(at -> last.putAll(versionsAt.get(at)));
        last.forEach((register, version) -> {
            if (wanted.get(register)) {
                b.loadLocal(RegionMethod.type(kinds.get(register)), version);
                b.storeLocal(RegionMethod.type(kinds.get(register)), homes.get(register));
            }
        });
        versions.clear();
        phase = Phase.FIRST_LANE;
    }

    /** A local that the block has for itself. */
    int take() {
        return free++;
    }

    /** The local with the lane at work. */
    int lane() {
        return phase == Phase.EACH_LANE || phase == Phase.LAST_LANE ? LANE : FROM;
    }

    /** Pushes a register. */
    void load(int register) {
        RegisterKind kind = kinds.get(register);
        if (!abreast.isScalar(register)) {
            b.loadLocal(RegionMethod.type(kind), frame.of(register));
            return;
        }
        Integer version = versions.get(register);
        b.loadLocal(RegionMethod.type(kind), version == null ? homes.get(register) : version);
        long step = abreast.step(register);
        if (phase == Phase.FIRST_LANE || step == 0) {
            return;
        }
        b.iload(LANE).iload(FROM).isub();
        if (kind == RegisterKind.LONG) {
            b.i2l().loadConstant(step).lmul().ladd();
        } else {
            b.loadConstant((int) step).imul().iadd();
        }
    }

    /** Takes a register's value from the stack. */
    void store(int register) {
        RegisterKind kind = kinds.get(register);
        boolean scalar = abreast.isScalar(register);
        if (phase == Phase.LAST_LANE) {
            b.storeLocal(RegionMethod.type(kind), free);
        } else if (phase == Phase.BLOCK || !scalar && phase == Phase.EACH_LANE) {
            b.storeLocal(RegionMethod.type(kind), frame.of(register));
        } else if (scalar && phase == Phase.FIRST_LANE) {
            int version = free;
            free += kind.isWide() ? 2 : 1;
            versions.put(register, version);
            versionsAt.computeIfAbsent(pc, _ -> new HashMap<>()).put(register, version);
            b.storeLocal(RegionMethod.type(kind), version);
        } else if (kind.isWide()) { // an instruction with results of both sorts is done twice
            b.pop2();
        } else {
            b.pop();
        }
    }

    /** Pushes what was just stored for the last lane. */
    void loadOfLastLane(int register) {
        b.loadLocal(RegionMethod.type(kinds.get(register)), free);
    }

    /** Gives a home some value, because the JVM asks for one. */
    void clear(RegisterKind kind, int home) {
        switch (kind) {
            case BOOLEAN, INT -> b.iconst_0().istore(home);
            case LONG -> b.lconst_0().lstore(home);
            case FLOAT -> b.fconst_0().fstore(home);
            case DOUBLE -> b.dconst_0().dstore(home);
        }
    }
}
