package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.host.ProgramFault;

import org.warpgrade.gpu.host.RuntimeCalls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/**
 * The definition of the machine: executes typed instructions one at a time for a group of lanes of a warp.
 *
 * <p>Threads are scheduled independently, as on sm_70 and later: a divergent branch splits a group, the group that is
 * behind runs first, groups that meet at an instruction merge, and a group that keeps jumping backwards lets the others
 * run, so spin-waits make progress. One instance serves one JVM thread.
 */
final class WarpInterpreter {

    /** Backward jumps after which a spinning group yields to the other groups of its warp. */
    private static final int PATIENCE = 64;

    private final RunContext run;
    private final TypedModule module;
    private final String kernelName;
    private final LaneMemory memory;
    private final RuntimeCalls calls;
    private final WarpSynchronisation synchronisation = new WarpSynchronisation(this);
    private final BlockBarriers barriers = new BlockBarriers(this);
    private final @Nullable WarpObserver observer;
    private final @Nullable Convergence convergence;

    /** The lane at work, for findings. */
    private int lane;

    WarpInterpreter(RunContext run, String kernelName, LaneMemory memory, RuntimeCalls calls) {
        this(run, kernelName, memory, calls, null);
    }

    /** @param observer is told of every instruction; lanes then meet again where they do on a GPU */
    WarpInterpreter(
            RunContext run,
            String kernelName,
            LaneMemory memory,
            RuntimeCalls calls,
            @Nullable WarpObserver observer) {
        this.run = run;
        this.module = run.module();
        this.kernelName = kernelName;
        this.memory = memory;
        this.calls = calls;
        this.observer = observer;
        if (observer != null) {
            observer.readsWith(this::value);
        }
        this.convergence = observer == null ? null : new Convergence();
    }

    RunContext run() {
        return run;
    }

    /**
     * Runs a warp until every group waits or is gone, or about {@code slice} instructions have been executed.
     *
     * @return the number of instructions executed; 0 means that the warp is stuck until another warp moves
     */
    long run(Warp warp, long slice) {
        long executed = 0;
        LaneGroup last = null;
        while (executed < slice) {
            LaneGroup group = choose(warp, last);
            if (group == null) {
                if (convergence != null && convergence.letGo(warp)) {
                    continue;
                }
                break;
            }
            last = group;
            group.backwardJumps = 0;
            executed += runGroup(warp, group, slice - executed);
        }
        return executed;
    }

    /** The group furthest behind, unless it has just spun: then the next one. */
    private static @Nullable LaneGroup choose(Warp warp, @Nullable LaneGroup last) {
        boolean spun = last != null && last.backwardJumps >= PATIENCE;
        LaneGroup best = null;
        for (LaneGroup group : warp.groups) {
            if (!group.isRunnable() || spun && group == last) {
                continue;
            }
            if (best == null
                    || group.frame.depth > best.frame.depth
                    || group.frame.depth == best.frame.depth && group.pc < best.pc) {
                best = group;
            }
        }
        return best == null && spun && last.isRunnable() && warp.groups.contains(last) ? last : best;
    }

    private long runGroup(Warp warp, LaneGroup group, long slice) {
        long executed = 0;
        int lanesAtStart = group.lanes;
        Instruction instruction = null;
        try {
            while (executed < slice && group.isRunnable() && group.lanes != 0) {
                if (convergence == null
                        ? warp.groups.size() > 1 && executed > 0 && mustSwitch(warp, group)
                        : convergence.mustSwitch(warp, group, group.backwardJumps >= PATIENCE)) {
                    break;
                }
                instruction = group.instruction();
                int lanes = guarded(instruction, group);
                count(warp, group.lanes);
                if (observer != null) {
                    observer.executes(warp, group, instruction, lanes);
                }
                executed++;
                run.count(Integer.bitCount(group.lanes));
                if (lanes == 0 && !(instruction.op() instanceof Op.Branch)) {
                    group.pc++;
                } else {
                    step(warp, group, instruction, lanes);
                }
            }
            if (group.lanes == 0) {
                warp.groups.remove(group);
            }
            return executed;
        } catch (ProgramFault fault) {
            throw new RunStopped(finding(
                    fault.kind(), Severity.ERROR, instruction == null ? null : instruction.at(), warp, lane,
                    fault.getMessage()));
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            throw new RunStopped(finding(
                    FindingKind.MEMORY_BUDGET, Severity.ERROR, instruction == null ? null : instruction.at(), warp,
                    Integer.numberOfTrailingZeros(lanesAtStart), "the program needs more memory than the device has"));
        }
    }

    private static void count(Warp warp, int lanes) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            warp.steps[Integer.numberOfTrailingZeros(rest)]++;
        }
    }

    /** Whether another group is at the same place (then they merge) or further behind, or this one spins. */
    private static boolean mustSwitch(Warp warp, LaneGroup group) {
        if (group.backwardJumps >= PATIENCE) {
            return true;
        }
        for (int i = 0; i < warp.groups.size(); i++) {
            LaneGroup other = warp.groups.get(i);
            if (other == group || !other.isRunnable() || other.frame != group.frame) {
                continue;
            }
            if (other.pc == group.pc) {
                group.lanes |= other.lanes;
                other.lanes = 0;
                warp.groups.remove(i--);
            } else if (other.pc < group.pc && other.backwardJumps < PATIENCE) {
                return true;
            }
        }
        return false;
    }

    private static int guarded(Instruction instruction, LaneGroup group) {
        int guard = instruction.guard();
        if (guard < 0) {
            return group.lanes;
        }
        int passing = 0;
        for (int rest = group.lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            if ((group.frame.get(guard, lane) != 0) != instruction.guardNegated()) {
                passing |= 1 << lane;
            }
        }
        return passing;
    }

    // ------------------------------------------------------------------ one instruction

    private void step(Warp warp, LaneGroup group, Instruction instruction, int lanes) {
        Frame frame = group.frame;
        switch (instruction.op()) {
            case Op.Branch(int target) -> {
                branch(warp, group, lanes, target);
                return;
            }
            case Op.BranchTable table -> {
                branchTable(warp, group, lanes, table);
                return;
            }
            case Op.Call call -> {
                call(warp, group, lanes, call, instruction);
                return;
            }
            case Op.Return() -> {
                doReturn(warp, group, lanes);
                return;
            }
            case Op.Exit() -> {
                exit(warp, group, lanes);
                return;
            }
            case Op.Barrier barrier -> {
                barriers.arrive(warp, group, lanes, barrier, instruction);
                return;
            }
            case Op.WarpBarrier _, Op.Shuffle _, Op.Vote _, Op.Match _, Op.Reduce _, Op.Elect _,
                    Op.MatrixLoad _, Op.MatrixMultiply _, Op.FragmentLoad _, Op.FragmentStore _ -> {
                synchronisation.arrive(warp, group, lanes, instruction);
                return;
            }
            case Op.Trap() -> {
                lane = Integer.numberOfTrailingZeros(lanes);
                throw new ProgramFault(FindingKind.TRAP, "the kernel executed a trap");
            }
            case Op.ActiveMask(int d) -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    frame.set(d, Integer.numberOfTrailingZeros(rest), lanes & 0xFFFFFFFFL);
                }
            }
            case Op.Fence _, Op.Hint _ -> {}
            case Op.Compute compute -> compute(warp, frame, lanes, compute);
            case Op.Copy _, Op.Pack _, Op.Unpack _, Op.Load _, Op.Store _, Op.Compare _, Op.Select _, Op.Carry _,
                    Op.Atomic _, Op.AsyncCopy _, Op.IsSpace _, Op.ConvertAddress _ -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    lane = Integer.numberOfTrailingZeros(rest);
                    perLane(warp, frame, instruction);
                }
            }
        }
        group.pc++;
    }

    private void compute(Warp warp, Frame frame, int lanes, Op.Compute op) {
        Meanings.Meaning meaning = Meanings.of(op.meaning(), op.ftz(), op.sat());
        List<Source> sources = op.sources();
        int arity = sources.size();
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            lane = Integer.numberOfTrailingZeros(rest);
            long a = value(sources.get(0), warp, frame, lane);
            long b = arity > 1 ? value(sources.get(1), warp, frame, lane) : 0;
            long c = arity > 2 ? value(sources.get(2), warp, frame, lane) : 0;
            long d = arity > 3 ? value(sources.get(3), warp, frame, lane) : 0;
            frame.set(op.d(), lane, meaning.apply(a, b, c, d));
        }
    }

    private void perLane(Warp warp, Frame frame, Instruction instruction) {
        switch (instruction.op()) {
            case Op.Copy(int d, Source a) -> frame.set(d, lane, value(a, warp, frame, lane));
            case Op.Pack(int d, List<Source> parts, int partBits) -> {
                long mask = partBits == 64 ? -1 : (1L << partBits) - 1;
                long packed = 0;
                for (int i = 0; i < parts.size(); i++) {
                    packed |= (value(parts.get(i), warp, frame, lane) & mask) << i * partBits;
                }
                frame.set(d, lane, packed);
            }
            case Op.Unpack(List<Integer> parts, Source a, int partBits) -> {
                long whole = value(a, warp, frame, lane);
                long mask = partBits == 64 ? -1 : (1L << partBits) - 1;
                for (int i = 0; i < parts.size(); i++) {
                    frame.set(parts.get(i), lane, whole >>> i * partBits & mask);
                }
            }
            case Op.Load load -> load(warp, frame, load, instruction);
            case Op.Store store -> store(warp, frame, store, instruction);
            case Op.Compare compare -> compare(warp, frame, compare);
            case Op.Select(int d, Source a, Source b, Source p) ->
                frame.set(d, lane, value(value(p, warp, frame, lane) != 0 ? a : b, warp, frame, lane));
            case Op.Carry carry -> carry(warp, frame, carry);
            case Op.Atomic atomic -> atomic(warp, frame, atomic, instruction);
            case Op.AsyncCopy copy -> asyncCopy(warp, frame, copy, instruction);
            case Op.IsSpace(Op.Space space, int d, Source a) -> {
                long window = org.warpgrade.gpu.ptx.typed.AddressMap.windowOf(value(a, warp, frame, lane));
                frame.set(d, lane, window == Windows.of(space, memory.isHost()) ? 1 : 0);
            }
            case Op.ConvertAddress(Op.Space space, boolean toGeneric, int d, Source a) -> {
                long base = Windows.of(space, memory.isHost());
                long address = value(a, warp, frame, lane);
                frame.set(d, lane, toGeneric ? address + base : address - base);
            }
            default -> throw new IllegalStateException("not a lane operation: " + instruction.op());
        }
    }

    private void compare(Warp warp, Frame frame, Op.Compare op) {
        Meanings.Meaning meaning = Meanings.of(op.comparison(), op.ftz(), false);
        boolean holds = meaning.apply(value(op.a(), warp, frame, lane), value(op.b(), warp, frame, lane), 0, 0) != 0;
        boolean d = combine(op, holds, warp, frame);
        PtxType type = op.value();
        if (type == null) {
            boolean q = combine(op, !holds, warp, frame);
            frame.set(op.d(), lane, d ? 1 : 0);
            frame.set(op.q(), lane, q ? 1 : 0);
        } else {
            long truth = type == PtxType.F32 ? Float.floatToRawIntBits(1) : type.bytes() == 2 ? 0xFFFF : 0xFFFFFFFFL;
            frame.set(op.d(), lane, d ? truth : 0);
        }
    }

    private boolean combine(Op.Compare op, boolean holds, Warp warp, Frame frame) {
        Source c = op.c();
        boolean other = c != null && value(c, warp, frame, lane) != 0;
        return switch (op.combine()) {
            case NONE -> holds;
            case AND -> holds & other;
            case OR -> holds | other;
            case XOR -> holds ^ other;
        };
    }

    private void carry(Warp warp, Frame frame, Op.Carry op) {
        long[] v = new long[4];
        for (int i = 0; i < op.sources().size(); i++) {
            v[i] = value(op.sources().get(i), warp, frame, lane);
        }
        long result = Meanings.of(op.value(), false, false).apply(v[0], v[1], v[2], v[3]);
        if (op.carry() != null) {
            frame.set(op.flag(), lane, Meanings.of(op.carry(), false, false).apply(v[0], v[1], v[2], v[3]));
        }
        frame.set(op.d(), lane, result);
    }

    // ------------------------------------------------------------------ memory

    private void load(Warp warp, Frame frame, Op.Load op, Instruction instruction) {
        int size = op.type().bytes();
        int count = op.d().size();
        long address = value(op.base(), warp, frame, lane) + op.offset();
        LaneMemory.Spot spot = memory.check(op.space(), address, size * count, false, warp, frame, lane);
        Allocation allocation = spot.allocation;
        if (allocation != null && !allocation.isWritten(spot.offset, size * count)) {
            uninitialised(allocation, spot.offset, size * count, warp, instruction);
        }
        for (int i = 0; i < count; i++) {
            long bits = Bytes.get(spot.data, spot.offset + i * size, size);
            frame.set(op.d().get(i), lane, extend(bits, op.type(), frame, op.d().get(i)));
        }
    }

    /** A signed value narrower than its register is sign-extended (PTX ISA 9.7.9.8). */
    private static long extend(long bits, PtxType type, Frame frame, int register) {
        if (!type.isSigned() || register < 0) {
            return bits;
        }
        boolean wide = frame.function.registers().get(register) == org.warpgrade.gpu.ptx.typed.RegisterKind.LONG;
        int shift = 64 - type.bytes() * 8;
        long extended = bits << shift >> shift;
        return wide ? extended : extended & 0xFFFFFFFFL;
    }

    private void uninitialised(Allocation allocation, int offset, int bytes, Warp warp, Instruction instruction) {
        report(
                FindingKind.UNINITIALISED_READ,
                Severity.ERROR,
                instruction.at(),
                warp,
                lane,
                "reads " + bytes + " bytes at offset " + offset + " of " + allocation.name()
                        + " that nobody has written");
    }

    /** One element for a warp-wide load; checked as a load of the lane itself is. */
    long load(Op.Space space, long address, int bytes, Warp warp, Frame frame, int ofLane, Instruction instruction) {
        lane = ofLane;
        LaneMemory.Spot spot = memory.check(space, address, bytes, false, warp, frame, ofLane);
        if (spot.allocation != null && !spot.allocation.isWritten(spot.offset, bytes)) {
            uninitialised(spot.allocation, spot.offset, bytes, warp, instruction);
        }
        return Bytes.get(spot.data, spot.offset, bytes);
    }

    /** One element of a warp-wide store. */
    void store(
            Op.Space space,
            long address,
            int bytes,
            long value,
            Warp warp,
            Frame frame,
            int ofLane,
            Instruction instruction) {
        lane = ofLane;
        LaneMemory.Spot spot = memory.check(space, address, bytes, true, warp, frame, ofLane);
        noteWrite(spot, bytes, warp, instruction);
        Bytes.put(spot.data, spot.offset, bytes, value);
    }

    void requireAligned(Op.Space space, long address, int bytes, boolean write) {
        memory.requireAligned(space, address, bytes, write);
    }

    private void store(Warp warp, Frame frame, Op.Store op, Instruction instruction) {
        int size = op.type().bytes();
        int count = op.values().size();
        long address = value(op.base(), warp, frame, lane) + op.offset();
        LaneMemory.Spot spot = memory.check(op.space(), address, size * count, true, warp, frame, lane);
        noteWrite(spot, size * count, warp, instruction);
        byte[] data = spot.data;
        int offset = spot.offset;
        for (int i = 0; i < count; i++) {
            Bytes.put(data, offset + i * size, size, value(op.values().get(i), warp, frame, lane));
        }
    }

    private void noteWrite(LaneMemory.Spot spot, int bytes, Warp warp, Instruction instruction) {
        Allocation allocation = spot.allocation;
        if (allocation == null) {
            return;
        }
        allocation.markWritten(spot.offset, bytes);
        if (allocation.isReadOnly()) {
            run.noteReadOnlyWrite(
                    allocation,
                    finding(
                            FindingKind.WRITE_TO_READ_ONLY,
                            Severity.ERROR,
                            instruction.at(),
                            warp,
                            lane,
                            DeviceMemory.writesToInput(allocation)));
        }
        long[] writers = allocation.writers();
        KernelLaunch launch = warp.block.launch;
        if (writers != null && launch != null) {
            long code = WriterCode.of(launch.index(), warp.block.linear(), warp.threadOf(lane));
            for (int word = spot.offset >> 2; word <= spot.offset + bytes - 1 >> 2; word++) {
                writers[word] = code;
            }
        }
    }

    private void atomic(Warp warp, Frame frame, Op.Atomic op, Instruction instruction) {
        int size = op.type().bytes();
        long address = value(op.base(), warp, frame, lane) + op.offset();
        LaneMemory.Spot spot = memory.check(op.space(), address, size, true, warp, frame, lane);
        if (spot.allocation != null && !spot.allocation.isWritten(spot.offset, size) && op.op() != Op.AtomicOp.EXCH) {
            uninitialised(spot.allocation, spot.offset, size, warp, instruction);
        }
        noteWrite(spot, size, warp, instruction);
        long b = value(op.b(), warp, frame, lane);
        long c = op.c() == null ? 0 : value(op.c(), warp, frame, lane);
        frame.set(op.d(), lane, AtomicOperations.apply(op.op(), op.type(), spot.data, spot.offset, b, c));
    }

    private void asyncCopy(Warp warp, Frame frame, Op.AsyncCopy op, Instruction instruction) {
        int wanted = op.sourceBytes() == null ? op.bytes() : (int) value(op.sourceBytes(), warp, frame, lane);
        byte[] moved = new byte[op.bytes()];
        if (wanted > 0) {
            long from = value(op.from(), warp, frame, lane) + op.fromOffset();
            LaneMemory.Spot source = memory.check(Op.Space.GLOBAL, from, op.bytes(), false, warp, frame, lane);
            if (source.allocation != null && !source.allocation.isWritten(source.offset, wanted)) {
                uninitialised(source.allocation, source.offset, wanted, warp, instruction);
            }
            System.arraycopy(source.data, source.offset, moved, 0, Math.min(wanted, op.bytes()));
        }
        long to = value(op.to(), warp, frame, lane) + op.toOffset();
        LaneMemory.Spot target = memory.check(Op.Space.SHARED, to, op.bytes(), true, warp, frame, lane);
        System.arraycopy(moved, 0, target.data, target.offset, moved.length);
    }

    // ------------------------------------------------------------------ control flow

    private void branch(Warp warp, LaneGroup group, int taken, int target) {
        int staying = group.lanes & ~taken;
        if (taken == 0) {
            group.pc++;
            return;
        }
        boolean backward = target <= group.pc;
        if (staying != 0) {
            part(group);
            warp.groups.add(group.part(group.pc + 1, staying));
            group.lanes = taken;
        }
        group.pc = target;
        if (backward) {
            group.backwardJumps++;
            group.loops++;
        }
    }

    private void part(LaneGroup group) {
        if (convergence != null) {
            convergence.parts(group);
        }
    }

    private void branchTable(Warp warp, LaneGroup group, int lanes, Op.BranchTable table) {
        part(group);
        int staying = group.lanes & ~lanes;
        if (staying != 0) {
            warp.groups.add(group.part(group.pc + 1, staying));
        }
        int rest = lanes;
        boolean first = true;
        while (rest != 0) {
            int index = (int) value(table.index(), warp, group.frame, Integer.numberOfTrailingZeros(rest));
            int same = 0;
            for (int other = rest; other != 0; other &= other - 1) {
                int l = Integer.numberOfTrailingZeros(other);
                if ((int) value(table.index(), warp, group.frame, l) == index) {
                    same |= 1 << l;
                }
            }
            if (index < 0 || index >= table.targets().size()) {
                lane = Integer.numberOfTrailingZeros(same);
                throw new ProgramFault(FindingKind.TRAP, "a switch jumped outside its table");
            }
            if (first) {
                group.lanes = same;
                group.pc = table.targets().get(index);
                first = false;
            } else {
                warp.groups.add(group.part(table.targets().get(index), same));
            }
            rest &= ~same;
        }
    }

    private void call(Warp warp, LaneGroup group, int lanes, Op.Call call, Instruction instruction) {
        String name = call.name();
        if (name == null) {
            lane = Integer.numberOfTrailingZeros(lanes);
            long pointer = value(java.util.Objects.requireNonNull(call.pointer()), warp, group.frame, lane);
            int same = 0;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int l = Integer.numberOfTrailingZeros(rest);
                if (value(call.pointer(), warp, group.frame, l) == pointer) {
                    same |= 1 << l;
                }
            }
            int others = lanes & ~same;
            if (others != 0) {
                warp.groups.add(group.part(group.pc, others));
                group.lanes &= ~others;
            }
            lanes = same;
            name = module.layout().functionAt(pointer);
            if (name == null) {
                throw new ProgramFault(
                        FindingKind.OUT_OF_BOUNDS,
                        "calls address 0x" + Long.toHexString(pointer) + ", where no function is");
            }
        }
        int staying = group.lanes & ~lanes;
        if (staying != 0) {
            warp.groups.add(group.part(group.pc + 1, staying));
            group.lanes = lanes;
        }
        TypedFunction callee = module.function(kernelName, name);
        if (callee == null) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                lane = Integer.numberOfTrailingZeros(rest);
                if (!calls.call(name, new LaneSite(warp, group.frame, call, instruction))) {
                    throw new UnsupportedPtxException("the function " + name + " is not supported", instruction.at());
                }
            }
            group.pc++;
            return;
        }
        enter(warp, group, call, callee);
    }

    private void enter(Warp warp, LaneGroup group, Op.Call call, TypedFunction callee) {
        Frame caller = group.frame;
        int localBase = caller.localBase + caller.function.localBytes();
        warp.growStacks(group.lanes, localBase + callee.localBytes());
        if (caller.depth > 4096) {
            throw new ProgramFault(FindingKind.STACK_OVERFLOW, "more than 4096 nested calls: does the recursion end?");
        }
        byte[] in = new byte[callee.parameterBytes() * Frame.LANES];
        Frame frame =
                new Frame(callee, caller, group.pc + 1, call.result(), localBase, in, callee.parameterBytes());
        for (int rest = group.lanes; rest != 0; rest &= rest - 1) {
            int l = Integer.numberOfTrailingZeros(rest);
            for (int i = 0; i < Math.min(call.arguments().size(), callee.parameters().size()); i++) {
                Op.Slot from = call.arguments().get(i);
                Op.Slot to = callee.parameters().get(i);
                System.arraycopy(
                        caller.out,
                        l * caller.function.outgoingBytes() + from.offset(),
                        in,
                        l * callee.parameterBytes() + to.offset(),
                        Math.min(from.bytes(), to.bytes()));
            }
        }
        group.frame = frame;
        group.pc = 0;
    }

    private void doReturn(Warp warp, LaneGroup group, int lanes) {
        Frame frame = group.frame;
        Frame caller = frame.caller;
        if (caller == null) {
            exit(warp, group, lanes);
            return;
        }
        int staying = group.lanes & ~lanes;
        if (staying != 0) {
            warp.groups.add(group.part(group.pc + 1, staying));
            group.lanes = lanes;
        }
        Op.Slot result = frame.result;
        if (result != null) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int l = Integer.numberOfTrailingZeros(rest);
                System.arraycopy(
                        frame.ret,
                        l * frame.function.returnBytes(),
                        caller.out,
                        l * caller.function.outgoingBytes() + result.offset(),
                        Math.min(result.bytes(), frame.function.returnBytes()));
            }
        }
        group.frame = caller;
        group.pc = frame.returnPc;
    }

    private void exit(Warp warp, LaneGroup group, int lanes) {
        warp.exited |= lanes;
        group.lanes &= ~lanes;
        group.pc++;
        warp.block.liveThreads -= Integer.bitCount(lanes);
        if (group.lanes == 0) {
            warp.groups.remove(group);
        }
        synchronisation.afterExit(warp);
        barriers.afterExit(warp.block);
    }

    // ------------------------------------------------------------------ values

    long value(Source source, Warp warp, Frame frame, int ofLane) {
        return switch (source) {
            case Source.Register(int index) -> frame.registers[index * Frame.LANES + ofLane];
            case Source.Constant(long bits) -> bits;
            case Source.LocalAddress(long offset) -> frame.localBase + offset;
            case Source.Complement(Source predicate) -> value(predicate, warp, frame, ofLane) != 0 ? 0 : 1;
            case Source.Special(SpecialRegister which) -> special(which, warp, ofLane);
        };
    }

    private long special(SpecialRegister which, Warp warp, int ofLane) {
        KernelLaunch launch = warp.block.launch;
        Dim3 one = new Dim3(1, 1, 1);
        Dim3 block = launch == null ? one : launch.block();
        Dim3 grid = launch == null ? one : launch.grid();
        int thread = warp.threadOf(ofLane);
        long linear = warp.block.linear();
        return switch (which) {
            case TID_X -> thread % block.x();
            case TID_Y -> thread / block.x() % block.y();
            case TID_Z -> thread / (block.x() * block.y());
            case NTID_X -> block.x();
            case NTID_Y -> block.y();
            case NTID_Z -> block.z();
            case CTAID_X -> linear % grid.x();
            case CTAID_Y -> linear / grid.x() % grid.y();
            case CTAID_Z -> linear / ((long) grid.x() * grid.y());
            case NCTAID_X -> grid.x();
            case NCTAID_Y -> grid.y();
            case NCTAID_Z -> grid.z();
            case LANEID -> ofLane;
            case WARPID -> warp.index;
            case NWARPID -> warp.block.warps.size();
            case SMID -> linear % Machine.MULTIPROCESSORS;
            case NSMID -> Machine.MULTIPROCESSORS;
            case GRIDID -> launch == null ? 0 : launch.index() + 1;
            case LANEMASK_EQ -> 1L << ofLane;
            case LANEMASK_LT -> (1L << ofLane) - 1;
            case LANEMASK_LE -> (2L << ofLane) - 1;
            case LANEMASK_GE -> -(1L << ofLane) & 0xFFFFFFFFL;
            case LANEMASK_GT -> -(2L << ofLane) & 0xFFFFFFFFL;
            case CLOCK -> run.clock() & 0xFFFFFFFFL;
            case CLOCK_HI -> run.clock() >>> 32;
            case CLOCK64 -> run.clock();
            case GLOBALTIMER -> run.clock();
            case GLOBALTIMER_LO -> run.clock() & 0xFFFFFFFFL;
            case GLOBALTIMER_HI -> run.clock() >>> 32;
            case DYNAMIC_SMEM_SIZE -> launch == null ? 0 : launch.dynamicSharedBytes();
            case TOTAL_SMEM_SIZE -> warp.block.shared.length;
            case ENVREG -> 0;
        };
    }

    // ------------------------------------------------------------------ findings

    void report(
            FindingKind kind,
            Severity severity,
            @Nullable SourceLocation at,
            Warp warp,
            int ofLane,
            String message) {
        run.findings().add(finding(kind, severity, at, warp, ofLane, message));
    }

    Finding finding(
            FindingKind kind,
            Severity severity,
            @Nullable SourceLocation at,
            Warp warp,
            int ofLane,
            String message) {
        KernelLaunch launch = warp.block.launch;
        return new Finding(
                kind,
                severity,
                at,
                launch == null ? KernelNames.readable(kernelName) : launch.displayName(),
                launch == null ? null : launch.blockIndex(warp.block.linear()),
                launch == null ? null : launch.threadIndex(warp.threadOf(ofLane)),
                message);
    }

    /** A call as one lane makes it. */
    private final class LaneSite implements RuntimeCalls.Site {

        private final Warp warp;
        private final Frame frame;
        private final Op.Call call;
        private final Instruction instruction;
        private final int caller = lane;

        LaneSite(Warp warp, Frame frame, Op.Call call, Instruction instruction) {
            this.warp = warp;
            this.frame = frame;
            this.call = call;
            this.instruction = instruction;
        }

        private int outgoing(Op.Slot slot) {
            return caller * frame.function.outgoingBytes() + slot.offset();
        }

        @Override
        public int intArgument(int index) {
            return Bytes.getInt(frame.out, outgoing(call.arguments().get(index)));
        }

        @Override
        public long longArgument(int index) {
            return Bytes.getLong(frame.out, outgoing(call.arguments().get(index)));
        }

        @Override
        public byte[] argument(int index) {
            Op.Slot slot = call.arguments().get(index);
            int from = outgoing(slot);
            return java.util.Arrays.copyOfRange(frame.out, from, from + slot.bytes());
        }

        @Override
        public byte[] read(long address, int bytes) {
            byte[] copy = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                LaneMemory.Spot spot =
                        memory.check(Op.Space.GENERIC, address + i, 1, false, warp, frame, caller);
                copy[i] = spot.data[spot.offset];
            }
            return copy;
        }

        @Override
        public void write(long address, byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                LaneMemory.Spot spot = memory.check(Op.Space.GENERIC, address + i, 1, true, warp, frame, caller);
                spot.data[spot.offset] = bytes[i];
            }
        }

        @Override
        public void returnInt(int value) {
            if (call.result() != null) {
                Bytes.putInt(frame.out, outgoing(call.result()), value);
            }
        }

        @Override
        public void returnLong(long value) {
            if (call.result() != null) {
                Bytes.putLong(frame.out, outgoing(call.result()), value);
            }
        }

        @Override
        public @Nullable SourceLocation at() {
            return instruction.at();
        }
    }
}
