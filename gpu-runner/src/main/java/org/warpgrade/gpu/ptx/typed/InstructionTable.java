package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.Operand;
import org.warpgrade.gpu.ptx.PtxInstruction;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.isa.PtxMath;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.Op.Order;
import org.warpgrade.gpu.ptx.typed.Op.Space;

/**
 * The instruction set as a table: one case per mnemonic of the PTX ISA (chapter 9), in its order. Pure arithmetic needs
 * no case of its own: the helper's name in {@code gpu.ptx.isa} is the opcode with underscores ({@code mad.lo.s32} is
 * {@code mad_lo_s32}), so a new one is one helper. What touches threads, memory or control has its case and its {@link
 * Op}.
 */
final class InstructionTable {

    private static final String CLUSTERS =
            "has no thread block clusters: let blocks work apart, or meet in global memory";
    private static final String BULK = "has no bulk copies and tensor maps (TMA): use cp.async or plain loads";

    private final FunctionLowering function;

    InstructionTable(FunctionLowering function) {
        this.function = function;
    }

    /** An instruction being lowered: its parts within reach. */
    private record Parts(PtxInstruction written, String mnemonic, List<String> modifiers, List<Operand> operands) {

        boolean has(String modifier) {
            return modifiers.contains(modifier);
        }

        Operand operand(int index) {
            if (index >= operands.size()) {
                throw new UnsupportedPtxException("too few operands in " + written, written.at());
            }
            return operands.get(index);
        }

        /** The n-th type among the modifiers. */
        PtxType type(int n) {
            for (String modifier : modifiers) {
                PtxType type = PtxType.of(modifier);
                if (type != null && n-- == 0) {
                    return type;
                }
            }
            throw unsupported();
        }

        PtxType lastType() {
            for (int i = modifiers.size() - 1; i >= 0; i--) {
                PtxType type = PtxType.of(modifiers.get(i));
                if (type != null) {
                    return type;
                }
            }
            throw unsupported();
        }

        /** The same parts, which may have so many operands and no more. */
        Parts atMost(int count) {
            if (operands.size() > count) {
                throw misused();
            }
            return this;
        }

        /** What the device lacks, and what to do instead. */
        UnsupportedPtxException refused(String lacks) {
            return new UnsupportedPtxException("the CPU device " + lacks + " (" + written.opcode() + ")", written.at());
        }

        /** An instruction that is known, with operands that it never has. */
        UnsupportedPtxException misused() {
            return FunctionLowering.misused(written);
        }

        UnsupportedPtxException unsupported() {
            return new UnsupportedPtxException(
                    "the CPU device does not support the PTX instruction " + written.opcode(), written.at());
        }
    }

    Op lower(PtxInstruction written) {
        String[] words = written.opcode().split("\\.");
        Parts parts = new Parts(written, words[0], Arrays.asList(words).subList(1, words.length), written.operands());
        return switch (parts.mnemonic()) {
            // 9.7.1-9.7.8 arithmetic, comparison, logic: by name, but for these
            case "add", "sub", "mad", "addc", "subc", "madc" ->
                parts.has("cc") || parts.mnemonic().endsWith("c") ? carry(parts) : compute(parts);
            case "setp" -> setPredicate(parts);
            case "set" -> setValue(parts);
            case "selp" -> new Op.Select(d(parts.atMost(4)), source(parts, 1), source(parts, 2), source(parts, 3));
            case "slct" -> compute(parts);
            case "cvt" -> convert(parts);

            // 9.7.9 data movement
            case "mov" -> move(parts);
            case "ld", "ldu" -> load(parts);
            case "st" -> store(parts);
            case "cvta" -> convertAddress(parts);
            case "isspacep" -> new Op.IsSpace(named(space(parts), parts), d(parts), source(parts, 1));
            case "cp" -> asyncCopy(parts);
            case "mbarrier" -> barrierObject(parts);
            case "prefetch", "prefetchu", "applypriority", "discard", "createpolicy" -> new Op.Hint(parts.mnemonic());

            // 9.7.12 control flow
            case "bra" -> new Op.Branch(label(parts, parts.operand(0)));
            case "brx" -> branchTable(parts);
            case "call" -> call(parts);
            case "ret" -> new Op.Return();
            case "exit" -> new Op.Exit();

            // 9.7.13 synchronisation and communication
            case "bar", "barrier" -> barrier(parts);
            case "membar", "fence" -> new Op.Fence(parts.has("cta"));
            case "shfl" -> shuffle(parts);
            case "vote" -> vote(parts);
            case "match" -> match(parts);
            case "redux" ->
                new Op.Reduce(
                        meaning(
                                parts.modifiers().get(1) + "_"
                                        + parts.lastType().id(),
                                parts),
                        d(parts),
                        source(parts, 1),
                        source(parts, 2));
            case "elect" -> elect(parts);
            case "activemask" -> new Op.ActiveMask(d(parts));
            case "atom" -> atomic(parts, 1);
            case "red" -> atomic(parts, 0);

            // 9.7.14-9.7.19 matrices
            case "ldmatrix" -> matrixLoad(parts);
            case "mma" -> matrixMultiply(parts);
            case "wmma" -> warpMatrix(parts);

            // what no program here can do, each with what to do instead
            case "tex", "tld4", "txq", "istypep", "suld", "sust", "sured", "suq" ->
                throw parts.refused("has no textures and surfaces: read the data through a pointer");
            case "wgmma" -> throw parts.refused("has no warp-group matrix instructions (wgmma): use mma.sync or wmma");
            case "mapa", "getctarank" -> throw parts.refused(CLUSTERS);
            case "multimem", "tensormap" -> throw parts.refused(BULK);

            // 9.7.20 miscellaneous
            case "trap", "brkpt" -> new Op.Trap();
            case "nanosleep", "pmevent", "setmaxnreg", "griddepcontrol" -> new Op.Hint(parts.mnemonic());
            default -> compute(parts);
        };
    }

    // ------------------------------------------------------------------ arithmetic

    /** Modifiers that say nothing about the value, or that the executors apply themselves. */
    private static boolean isComposed(String modifier) {
        return modifier.equals("ftz") || modifier.equals("sat") || modifier.equals("cc");
    }

    private Op compute(Parts parts) {
        boolean floating = isFloat(parts.lastType());
        boolean ftz = parts.has("ftz");
        boolean sat = parts.has("sat") && floating;
        StringBuilder name = new StringBuilder(parts.mnemonic());
        if (takesThree(parts)) {
            name.append('3');
        }
        if (floating && needsRounding(parts)) {
            name.append("_rn");
        }
        for (String modifier : typeLast(parts.modifiers())) {
            if (!isComposed(modifier) || modifier.equals("sat") && !floating) {
                name.append('_').append(modifier);
            }
        }
        return computed(meaning(name.toString(), parts), parts, ftz, sat);
    }

    /** The compiler hands inline assembly on unread, so there may be any number of operands. */
    private Op computed(MethodRef meaning, Parts parts, boolean ftz, boolean sat) {
        List<Source> sources = sources(parts, 1);
        int wanted = meaning.type().parameterCount();
        if (sources.size() < wanted) {
            throw parts.unsupported();
        }
        if (sources.size() > wanted) {
            throw parts.misused();
        }
        return new Op.Compute(meaning, d(parts), sources, ftz, sat);
    }

    /** {@code max.s32.relu} has its modifier behind the type (PTX ISA 9.7.1.11); helpers have the type last. */
    private static List<String> typeLast(List<String> modifiers) {
        if (!modifiers.getLast().equals("relu")) {
            return modifiers;
        }
        List<String> ordered = new ArrayList<>(modifiers);
        ordered.add(ordered.size() - 2, ordered.removeLast());
        return ordered;
    }

    /** {@code min} and {@code max} of three inputs are helpers of their own (PTX ISA 9.7.3.11, 9.7.3.12). */
    private static boolean takesThree(Parts parts) {
        return switch (parts.mnemonic()) {
            case "min", "max" -> parts.operands().size() == 4;
            default -> false;
        };
    }

    /** {@code add.f32} without a rounding modifier rounds to nearest even (PTX ISA 9.7.3.3). */
    private static boolean needsRounding(Parts parts) {
        return switch (parts.mnemonic()) {
            case "add", "sub", "mul" -> parts.modifiers().stream().noneMatch(InstructionTable::isRounding);
            default -> false;
        };
    }

    private static boolean isRounding(String modifier) {
        return switch (modifier) {
            case "rn", "rz", "rm", "rp", "rna", "rni", "rzi", "rmi", "rpi" -> true;
            default -> false;
        };
    }

    private static boolean isFloat(PtxType type) {
        return switch (type) {
            case F16, BF16, F16X2, BF16X2, F32, F64, TF32 -> true;
            default -> false;
        };
    }

    private MethodRef meaning(String name, Parts parts) {
        return PtxMath.find(name).orElseThrow(parts::unsupported);
    }

    private Op carry(Parts parts) {
        boolean reads = parts.mnemonic().endsWith("c");
        boolean writes = parts.has("cc");
        String base = reads ? parts.mnemonic() : parts.mnemonic() + "c";
        String variant = parts.has("lo") ? "_lo" : parts.has("hi") ? "_hi" : "";
        String suffix = "_" + parts.lastType().id();
        String flagName = base.startsWith("sub") ? "_borrow" : "_carry";
        if (parts.operands().size() != (base.startsWith("mad") ? 4 : 3)) {
            throw parts.misused();
        }
        int flag = function.carryFlag();
        List<Source> sources = new ArrayList<>(sources(parts, 1));
        sources.add(reads ? new Source.Register(flag) : new Source.Constant(0));
        return new Op.Carry(
                meaning(base + variant + suffix, parts),
                writes ? meaning(base + variant + flagName + suffix, parts) : null,
                d(parts),
                sources,
                flag);
    }

    private Op setPredicate(Parts parts) {
        Operand destination = parts.operand(0);
        int d;
        int q = -1;
        if (destination instanceof Operand.Pair(Operand first, Operand second)) {
            d = function.destination(first, parts.written());
            q = function.destination(second, parts.written());
        } else {
            d = function.destination(destination, parts.written());
        }
        return comparison(parts, d, q, null);
    }

    private Op setValue(Parts parts) {
        return comparison(parts, d(parts), -1, parts.type(0));
    }

    private Op comparison(Parts parts, int d, int q, @Nullable PtxType value) {
        Op.Combine combine = combine(parts);
        parts.atMost(combine == Op.Combine.NONE ? 3 : 4);
        PtxType compared = parts.lastType();
        if (compared == PtxType.F16X2 || compared == PtxType.BF16X2) {
            return comparisonOfHalves(parts, d, q, combine, value, compared == PtxType.F16X2);
        }
        return comparison(parts, d, q, combine, value);
    }

    private static Op.Combine combine(Parts parts) {
        return parts.has("and")
                ? Op.Combine.AND
                : parts.has("or") ? Op.Combine.OR : parts.has("xor") ? Op.Combine.XOR : Op.Combine.NONE;
    }

    /** {@code setp.lt.f16x2}, and {@code set}, which puts 1.0 or a mask into each half. */
    private Op comparisonOfHalves(
            Parts parts, int d, int q, Op.Combine combine, @Nullable PtxType value, boolean half) {
        int one = half ? 0x3C00 : 0x3F80;
        int truth = value == null ? 0 : value == PtxType.U32 || value == PtxType.S32 ? 0xFFFF : one;
        return new Op.CompareHalves(
                meaning("set_" + parts.modifiers().getFirst() + (half ? "_f16" : "_bf16"), parts),
                d,
                q,
                source(parts, 1),
                source(parts, 2),
                combine,
                combine == Op.Combine.NONE ? null : source(parts, 3),
                parts.has("ftz"),
                truth);
    }

    private Op comparison(Parts parts, int d, int q, Op.Combine combine, @Nullable PtxType value) {
        String comparison = parts.modifiers().getFirst();
        PtxType type = parts.lastType();
        return new Op.Compare(
                meaning("set_" + comparison + "_" + type.id(), parts),
                d,
                q,
                source(parts, 1),
                source(parts, 2),
                combine,
                combine == Op.Combine.NONE ? null : source(parts, 3),
                parts.has("ftz"),
                value);
    }

    /** {@code cvt{.rnd}{.ftz}{.sat}.d.s}: the helper is {@code cvt_rnd_d_s}; saturation of integers is part of its name. */
    private Op convert(Parts parts) {
        if (parts.has("pack")) {
            String name = "cvt_" + String.join("_", parts.modifiers());
            return computed(meaning(name, parts), parts, false, false);
        }
        PtxType to = parts.type(0);
        PtxType from = parts.type(1);
        boolean floating = isFloat(to);
        StringBuilder name = new StringBuilder("cvt");
        for (String modifier : parts.modifiers()) {
            if (isRounding(modifier) || modifier.equals("relu") || modifier.equals("satfinite")) {
                name.append('_').append(modifier);
            }
        }
        if (parts.has("sat") && !floating) {
            name.append("_sat");
        }
        name.append('_').append(to.id()).append('_').append(from.id());
        return computed(meaning(name.toString(), parts), parts, parts.has("ftz"), parts.has("sat") && floating);
    }

    // ------------------------------------------------------------------ data movement

    private Op move(Parts parts) {
        if (parts.operands().size() != 2) {
            throw parts.misused();
        }
        Operand to = parts.operand(0);
        Operand from = parts.operand(1);
        int bits = parts.lastType().bytes() * 8;
        if (to instanceof Operand.Vector(List<Operand> elements)) {
            List<Integer> targets = elements.stream()
                    .map(e -> function.destination(e, parts.written()))
                    .toList();
            return new Op.Unpack(targets, function.source(from, parts.written()), bits / targets.size());
        }
        if (from instanceof Operand.Vector(List<Operand> elements)) {
            List<Source> sources = elements.stream()
                    .map(e -> function.source(e, parts.written()))
                    .toList();
            return new Op.Pack(d(parts), sources, bits / sources.size());
        }
        return new Op.Copy(d(parts), source(parts, 1));
    }

    private static Space space(Parts parts) {
        for (String modifier : parts.modifiers()) {
            switch (modifier) {
                case "global" -> {
                    return Space.GLOBAL;
                }
                case "shared", "shared::cta" -> {
                    return Space.SHARED;
                }
                case "local" -> {
                    return Space.LOCAL;
                }
                case "const" -> {
                    return Space.CONST;
                }
                case "param", "param::entry", "param::func" -> {
                    return Space.PARAM_IN;
                }
                case "shared::cluster" -> throw parts.refused(CLUSTERS);
                default -> {}
            }
        }
        return Space.GENERIC;
    }

    /** A resolved address: where, from which base, how far. */
    private record Target(Space space, Source base, long offset) {}

    private Target target(Parts parts, int index, Space space) {
        if (!(parts.operand(index) instanceof Operand.Address(Operand base, long offset))) {
            throw new UnsupportedPtxException(
                    "address expected in " + parts.written(), parts.written().at());
        }
        if (base instanceof Operand.Name(String name) && !function.isRegister(name)) {
            FunctionLowering.Place place = function.place(name, parts.written());
            Space where = space == Space.PARAM_IN ? place.space() : space;
            return where == Space.LOCAL
                    ? new Target(where, new Source.LocalAddress(place.offset()), offset)
                    : new Target(where, new Source.Constant(place.offset()), offset);
        }
        return new Target(space, function.source(base, parts.written()), offset);
    }

    private static Order order(Parts parts) {
        if (parts.has("release") || parts.has("acq_rel")) {
            return parts.has("cta") ? Order.RELEASE_TO_BLOCK : Order.RELEASE;
        }
        return parts.has("volatile") || parts.has("relaxed") || parts.has("acquire") ? Order.STRONG : Order.WEAK;
    }

    private Op load(Parts parts) {
        Target target = target(parts, 1, space(parts));
        List<Integer> d = parts.operand(0) instanceof Operand.Vector(List<Operand> elements)
                ? elements.stream()
                        .map(e -> function.destination(e, parts.written()))
                        .toList()
                : List.of(d(parts));
        Order order = order(parts);
        boolean uncached = order == Order.WEAK && (parts.has("cg") || parts.has("cv"));
        return new Op.Load(
                target.space(), d, stored(parts), target.base(), target.offset(), uncached ? Order.UNCACHED : order);
    }

    private Op store(Parts parts) {
        Target target = target(parts, 0, space(parts));
        List<Source> values = parts.operand(1) instanceof Operand.Vector(List<Operand> elements)
                ? elements.stream()
                        .map(e -> function.source(e, parts.written()))
                        .toList()
                : List.of(source(parts, 1));
        return new Op.Store(target.space(), values, stored(parts), target.base(), target.offset(), order(parts));
    }

    /** For instructions that are about one space and no other. */
    private static Space named(Space space, Parts parts) {
        if (space == Space.GENERIC) {
            throw parts.misused();
        }
        return space;
    }

    /** What lies in memory: predicates never do. */
    private static PtxType stored(Parts parts) {
        PtxType type = parts.lastType();
        if (type == PtxType.PRED) {
            throw parts.misused();
        }
        return type;
    }

    private Op convertAddress(Parts parts) {
        Space space = named(space(parts), parts);
        int d = d(parts);
        Source a = source(parts, 1);
        return switch (space) {
            case GLOBAL, CONST -> new Op.Copy(d, a);
            default -> new Op.ConvertAddress(space, !parts.has("to"), d, a);
        };
    }

    private Op asyncCopy(Parts parts) {
        if (!parts.has("async") || parts.has("bulk")) {
            throw parts.refused(BULK);
        }
        if (parts.has("mbarrier")) {
            return barrierObject(
                    parts,
                    parts.has("noinc")
                            ? Op.BarrierObjectMode.ARRIVE_BY_COPIES_COUNTED
                            : Op.BarrierObjectMode.ARRIVE_BY_COPIES,
                    0,
                    new Source.Constant(1));
        }
        if (parts.has("commit_group")) {
            return new Op.AsyncGroup(Op.GroupMode.COMMIT, 0);
        }
        if (parts.has("wait_all")) {
            return new Op.AsyncGroup(Op.GroupMode.WAIT_ALL, 0);
        }
        if (parts.has("wait_group")) {
            if (!(source(parts, 0) instanceof Source.Constant(long remaining))) {
                throw parts.unsupported();
            }
            return new Op.AsyncGroup(Op.GroupMode.WAIT, (int) remaining);
        }
        Target to = target(parts, 0, Space.SHARED);
        Target from = target(parts, 1, Space.GLOBAL);
        if (!(source(parts, 2) instanceof Source.Constant(long bytes))) {
            throw parts.unsupported();
        }
        if (bytes != 4 && bytes != 8 && bytes != 16) {
            throw parts.misused();
        }
        return new Op.AsyncCopy(
                to.base(),
                to.offset(),
                from.base(),
                from.offset(),
                (int) bytes,
                parts.operands().size() > 3 ? source(parts, 3) : null);
    }

    /** {@code mbarrier}: without transaction counts, which only the copies of sm_90 make. */
    private Op barrierObject(Parts parts) {
        String action = parts.modifiers().getFirst();
        Source one = new Source.Constant(1);
        if (parts.has("expect_tx") || action.equals("expect_tx") || action.equals("complete_tx")) {
            throw parts.refused(BULK);
        }
        return switch (action) {
            case "init" -> barrierObject(parts, Op.BarrierObjectMode.INIT, 0, source(parts, 1));
            case "inval" -> barrierObject(parts, Op.BarrierObjectMode.INVALIDATE, 0, one);
            case "arrive", "arrive_drop" ->
                barrierObject(
                        parts,
                        action.equals("arrive") ? Op.BarrierObjectMode.ARRIVE : Op.BarrierObjectMode.ARRIVE_DROP,
                        1,
                        parts.operands().size() > 2 ? source(parts, 2) : one);
            case "test_wait", "try_wait" ->
                barrierObject(
                        parts,
                        parts.has("parity") ? Op.BarrierObjectMode.TEST_PARITY : Op.BarrierObjectMode.TEST_STATE,
                        1,
                        source(parts, 2));
            case "pending_count" -> compute(parts);
            default -> throw parts.unsupported();
        };
    }

    private Op barrierObject(Parts parts, Op.BarrierObjectMode mode, int address, Source a) {
        Target target = target(parts, address, space(parts));
        return new Op.BarrierObject(
                mode, target.space(), address == 0 ? -1 : d(parts), target.base(), target.offset(), a);
    }

    // ------------------------------------------------------------------ control flow

    private int label(Parts parts, Operand operand) {
        Integer target = operand instanceof Operand.Name(String name) ? function.label(name) : null;
        if (target == null) {
            throw new UnsupportedPtxException(
                    "unknown label in " + parts.written(), parts.written().at());
        }
        return target;
    }

    private Op branchTable(Parts parts) {
        if (!(parts.operand(1) instanceof Operand.Name(String table))) {
            throw parts.unsupported();
        }
        return new Op.BranchTable(source(parts, 0), function.branchTargets(table, parts.written()));
    }

    private Op call(Parts parts) {
        List<Operand> operands = parts.operands();
        int next = 0;
        Op.Slot result = null;
        if (operands.get(next) instanceof Operand.Arguments(List<Operand> results)) {
            result = slot(results.getFirst(), parts);
            next++;
        }
        Operand callee = operands.get(next++);
        List<Op.Slot> arguments = new ArrayList<>();
        if (next < operands.size() && operands.get(next) instanceof Operand.Arguments(List<Operand> given)) {
            for (Operand argument : given) {
                arguments.add(slot(argument, parts));
            }
        }
        if (!(callee instanceof Operand.Name(String name))) {
            throw parts.unsupported();
        }
        boolean indirect = function.isRegister(name);
        return new Op.Call(
                indirect ? null : name,
                indirect ? function.source(callee, parts.written()) : null,
                List.copyOf(arguments),
                result);
    }

    private Op.Slot slot(Operand operand, Parts parts) {
        Op.Slot slot = operand instanceof Operand.Name(String name) ? function.outgoingSlot(name) : null;
        if (slot == null) {
            throw new UnsupportedPtxException(
                    "call argument in " + parts.written(), parts.written().at());
        }
        return slot;
    }

    // ------------------------------------------------------------------ synchronisation

    private Op barrier(Parts parts) {
        if (parts.has("warp")) {
            return new Op.WarpBarrier(source(parts, 0));
        }
        if (parts.has("cluster")) {
            throw parts.refused(CLUSTERS);
        }
        if (parts.has("arrive")) {
            return new Op.Barrier(Op.BarrierMode.ARRIVE, source(parts, 0), source(parts, 1), null, -1);
        }
        if (parts.has("red")) {
            Op.BarrierMode mode = parts.has("popc")
                    ? Op.BarrierMode.RED_POPC
                    : parts.has("and") ? Op.BarrierMode.RED_AND : Op.BarrierMode.RED_OR;
            int last = parts.operands().size() - 1;
            return new Op.Barrier(
                    mode, source(parts, 1), last == 3 ? source(parts, 2) : null, source(parts, last), d(parts));
        }
        return new Op.Barrier(
                Op.BarrierMode.SYNC, source(parts, 0), parts.operands().size() > 1 ? source(parts, 1) : null, null, -1);
    }

    private Op shuffle(Parts parts) {
        if (!parts.has("sync")) {
            throw parts.unsupported();
        }
        Op.ShuffleMode mode = parts.has("up")
                ? Op.ShuffleMode.UP
                : parts.has("down")
                        ? Op.ShuffleMode.DOWN
                        : parts.has("bfly") ? Op.ShuffleMode.BFLY : Op.ShuffleMode.IDX;
        int d;
        int p = -1;
        if (parts.operand(0) instanceof Operand.Pair(Operand value, Operand predicate)) {
            d = function.destination(value, parts.written());
            p = function.destination(predicate, parts.written());
        } else {
            d = d(parts);
        }
        return new Op.Shuffle(mode, d, p, source(parts, 1), source(parts, 2), source(parts, 3), source(parts, 4));
    }

    private Op vote(Parts parts) {
        if (!parts.has("sync")) {
            throw parts.unsupported();
        }
        Op.VoteMode mode = parts.has("ballot")
                ? Op.VoteMode.BALLOT
                : parts.has("any") ? Op.VoteMode.ANY : parts.has("uni") ? Op.VoteMode.UNI : Op.VoteMode.ALL;
        return new Op.Vote(mode, d(parts), source(parts, 1), source(parts, 2));
    }

    private Op match(Parts parts) {
        int d;
        int p = -1;
        if (parts.operand(0) instanceof Operand.Pair(Operand value, Operand predicate)) {
            d = function.destination(value, parts.written());
            p = function.destination(predicate, parts.written());
        } else {
            d = d(parts);
        }
        boolean wide = parts.lastType().bytes() == 8;
        return new Op.Match(parts.has("all"), wide, d, p, source(parts, 1), source(parts, 2));
    }

    private Op elect(Parts parts) {
        if (!(parts.operand(0) instanceof Operand.Pair(Operand lane, Operand predicate))) {
            throw parts.unsupported();
        }
        return new Op.Elect(
                function.destination(lane, parts.written()),
                function.destination(predicate, parts.written()),
                source(parts, 1));
    }

    private Op atomic(Parts parts, int firstOperand) {
        Target target = target(parts, firstOperand, space(parts));
        Op.AtomicOp op = null;
        for (String modifier : parts.modifiers()) {
            for (Op.AtomicOp candidate : Op.AtomicOp.values()) {
                if (candidate.name().equalsIgnoreCase(modifier)) {
                    op = candidate;
                }
            }
        }
        if (op == null || parts.operand(firstOperand + 1) instanceof Operand.Vector) {
            throw parts.unsupported();
        }
        return new Op.Atomic(
                target.space(),
                op,
                parts.lastType(),
                firstOperand == 0 ? -1 : d(parts),
                target.base(),
                target.offset(),
                source(parts, firstOperand + 1),
                op == Op.AtomicOp.CAS ? source(parts, firstOperand + 2) : null,
                order(parts));
    }

    // ------------------------------------------------------------------ matrices

    private Op matrixLoad(Parts parts) {
        List<Integer> d = registers(parts, 0);
        if (!parts.has("m8n8") || !parts.has("b16") || !parts.has("x" + d.size())) {
            throw parts.unsupported();
        }
        Target target = target(parts, 1, space(parts));
        return new Op.MatrixLoad(target.space(), d, parts.has("trans"), target.base(), target.offset());
    }

    private Op matrixMultiply(Parts parts) {
        if (!parts.has("row") || !parts.has("col") || parts.has("sp")) {
            throw parts.unsupported();
        }
        Op.MatrixMultiply op = multiply(parts, false, parts.type(0), parts.type(1), parts.type(2), parts.type(3));
        if (!MatrixForms.isMma(op.shape(), op.dType(), op.aType(), op.bType(), op.cType())) {
            throw parts.unsupported();
        }
        return op;
    }

    /** {@code wmma.load.a}, {@code wmma.store.d}, {@code wmma.mma}. */
    private Op warpMatrix(Parts parts) {
        return switch (parts.modifiers().getFirst()) {
            case "load" -> {
                Op.MatrixShape shape = MatrixForms.shape(parts.modifiers()).orElseThrow(parts::unsupported);
                Op.MatrixSize size = switch (parts.modifiers().get(1)) {
                    case "a" -> shape.a();
                    case "b" -> shape.b();
                    default -> shape.c();
                };
                Target target = target(parts, 1, space(parts));
                List<Integer> d = registers(parts, 0);
                requireFit(size.fits(d.size(), parts.lastType(), true), parts);
                yield new Op.FragmentLoad(
                        target.space(),
                        size,
                        parts.lastType(),
                        parts.has("row"),
                        d,
                        target.base(),
                        target.offset(),
                        optional(parts, 2));
            }
            case "store" -> {
                Op.MatrixShape shape = MatrixForms.shape(parts.modifiers()).orElseThrow(parts::unsupported);
                Target target = target(parts, 0, space(parts));
                List<Source> values = vector(parts, 1);
                requireFit(shape.c().fits(values.size(), parts.lastType(), true), parts);
                yield new Op.FragmentStore(
                        target.space(),
                        shape.c(),
                        parts.lastType(),
                        parts.has("row"),
                        values,
                        target.base(),
                        target.offset(),
                        optional(parts, 2));
            }
            case "mma" -> {
                boolean half = parts.modifiers().stream()
                                .filter(m -> PtxType.of(m) != null)
                                .count()
                        == 2;
                Op.MatrixMultiply op = half
                        ? multiply(parts, true, parts.type(0), PtxType.F16, PtxType.F16, parts.type(1))
                        : multiply(parts, true, parts.type(0), parts.type(1), parts.type(2), parts.type(3));
                if (!MatrixForms.isWmma(op.shape(), op.dType(), op.aType(), op.bType(), op.cType())) {
                    throw parts.unsupported();
                }
                yield op;
            }
            default -> throw parts.unsupported();
        };
    }

    private Op.MatrixMultiply multiply(Parts parts, boolean opaque, PtxType d, PtxType a, PtxType b, PtxType c) {
        Op.MatrixMultiply op = new Op.MatrixMultiply(
                MatrixForms.shape(parts.modifiers()).orElseThrow(parts::unsupported),
                opaque,
                d,
                a,
                b,
                c,
                parts.has("satfinite"),
                registers(parts, 0),
                vector(parts, 1),
                vector(parts, 2),
                vector(parts, 3));
        requireFit(
                op.shape().a().fits(op.a().size(), a, opaque)
                        && op.shape().b().fits(op.b().size(), b, opaque)
                        && op.shape().c().fits(op.c().size(), c, opaque)
                        && op.shape().c().fits(op.d().size(), d, opaque),
                parts);
        return op;
    }

    /** The compiler hands inline assembly on unread, so its operands may be anything. */
    private static void requireFit(boolean fits, Parts parts) {
        if (!fits) {
            throw new UnsupportedPtxException(
                    "the operands of " + parts.written().opcode() + " do not have the number of registers that its"
                            + " shape asks for",
                    parts.written().at());
        }
    }

    private @Nullable Source optional(Parts parts, int index) {
        return index < parts.operands().size() ? source(parts, index) : null;
    }

    private List<Integer> registers(Parts parts, int index) {
        return parts.operand(index) instanceof Operand.Vector(List<Operand> elements)
                ? elements.stream()
                        .map(e -> function.destination(e, parts.written()))
                        .toList()
                : List.of(function.destination(parts.operand(index), parts.written()));
    }

    private List<Source> vector(Parts parts, int index) {
        return parts.operand(index) instanceof Operand.Vector(List<Operand> elements)
                ? elements.stream()
                        .map(e -> function.source(e, parts.written()))
                        .toList()
                : List.of(source(parts, index));
    }

    // ------------------------------------------------------------------ operands

    private int d(Parts parts) {
        return function.destination(parts.operand(0), parts.written());
    }

    private Source source(Parts parts, int index) {
        return function.source(parts.operand(index), parts.written());
    }

    private List<Source> sources(Parts parts, int from) {
        List<Source> sources = new ArrayList<>(3);
        for (int i = from; i < parts.operands().size(); i++) {
            sources.add(source(parts, i));
        }
        return List.copyOf(sources);
    }
}
