package org.warpgrade.gpu;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is counted of a kernel. Names are Nsight Compute's where it has one that means the same (Nsight Compute CLI, table
 * "nvprof metric comparison"); {@code warpgrade__} marks our own. Counts are of PTX instructions: a model of the SASS that
 * ptxas would make of them, exact in memory accesses, lanes and addresses, near in instruction counts.
 */
public enum Metric {
    INSTRUCTIONS("smsp__inst_executed.sum"),
    THREAD_INSTRUCTIONS("smsp__thread_inst_executed.sum"),
    /** Branch instructions with a condition, per warp; an unconditional branch has one target for everybody. */
    BRANCHES("smsp__sass_branch_targets.sum"),
    BRANCHES_UNIFORM("smsp__sass_branch_targets_threads_uniform.sum"),
    BRANCHES_DIVERGENT("smsp__sass_branch_targets_threads_divergent.sum"),

    GLOBAL_LOAD_REQUESTS("l1tex__t_requests_pipe_lsu_mem_global_op_ld.sum"),
    GLOBAL_LOAD_SECTORS("l1tex__t_sectors_pipe_lsu_mem_global_op_ld.sum"),
    GLOBAL_LOAD_BYTES("smsp__sass_data_bytes_mem_global_op_ld.sum"),
    GLOBAL_STORE_REQUESTS("l1tex__t_requests_pipe_lsu_mem_global_op_st.sum"),
    GLOBAL_STORE_SECTORS("l1tex__t_sectors_pipe_lsu_mem_global_op_st.sum"),
    GLOBAL_STORE_BYTES("smsp__sass_data_bytes_mem_global_op_st.sum"),
    GLOBAL_ATOM_REQUESTS("l1tex__t_requests_pipe_lsu_mem_global_op_atom.sum"),
    GLOBAL_ATOM_SECTORS("l1tex__t_sectors_pipe_lsu_mem_global_op_atom.sum"),
    GLOBAL_RED_REQUESTS("l1tex__t_requests_pipe_lsu_mem_global_op_red.sum"),
    GLOBAL_RED_SECTORS("l1tex__t_sectors_pipe_lsu_mem_global_op_red.sum"),
    /** Bytes that atomic operations read and write in global memory, once each. */
    GLOBAL_ATOMIC_BYTES("warpgrade__data_bytes_mem_global_atomic.sum"),
    /** Lanes of one atomic instruction beyond the first at the same address: they take turns. */
    ATOMIC_CONFLICTS("warpgrade__atomic_same_address_conflicts.sum"),

    LOCAL_LOAD_REQUESTS("l1tex__t_requests_pipe_lsu_mem_local_op_ld.sum"),
    LOCAL_LOAD_SECTORS("l1tex__t_sectors_pipe_lsu_mem_local_op_ld.sum"),
    LOCAL_STORE_REQUESTS("l1tex__t_requests_pipe_lsu_mem_local_op_st.sum"),
    LOCAL_STORE_SECTORS("l1tex__t_sectors_pipe_lsu_mem_local_op_st.sum"),

    SHARED_LOADS("smsp__inst_executed_op_shared_ld.sum"),
    SHARED_LOAD_WAVEFRONTS("l1tex__data_pipe_lsu_wavefronts_mem_shared_op_ld.sum"),
    SHARED_LOAD_CONFLICTS("l1tex__data_bank_conflicts_pipe_lsu_mem_shared_op_ld.sum"),
    SHARED_STORES("smsp__inst_executed_op_shared_st.sum"),
    SHARED_STORE_WAVEFRONTS("l1tex__data_pipe_lsu_wavefronts_mem_shared_op_st.sum"),
    SHARED_STORE_CONFLICTS("l1tex__data_bank_conflicts_pipe_lsu_mem_shared_op_st.sum"),
    SHARED_ATOMICS("smsp__inst_executed_op_shared_atom.sum"),

    /** Distinct 32-byte sectors of global memory that a launch read before it wrote them, in bytes. */
    COMPULSORY_READ_BYTES("warpgrade__dram_compulsory_bytes_read.sum"),
    /** Distinct 32-byte sectors of global memory that a launch wrote, in bytes. */
    COMPULSORY_WRITE_BYTES("warpgrade__dram_compulsory_bytes_write.sum"),

    FP32_ADD("smsp__sass_thread_inst_executed_op_fadd_pred_on.sum"),
    FP32_MUL("smsp__sass_thread_inst_executed_op_fmul_pred_on.sum"),
    FP32_FMA("smsp__sass_thread_inst_executed_op_ffma_pred_on.sum"),
    FP64_ADD("smsp__sass_thread_inst_executed_op_dadd_pred_on.sum"),
    FP64_MUL("smsp__sass_thread_inst_executed_op_dmul_pred_on.sum"),
    FP64_FMA("smsp__sass_thread_inst_executed_op_dfma_pred_on.sum"),
    /** Half and bfloat16, packed pairs counted once as Nsight Compute does. */
    FP16_ADD("smsp__sass_thread_inst_executed_op_hadd_pred_on.sum"),
    FP16_MUL("smsp__sass_thread_inst_executed_op_hmul_pred_on.sum"),
    FP16_FMA("smsp__sass_thread_inst_executed_op_hfma_pred_on.sum"),
    /** Division, roots, exponentials and the like, which run on the special function unit or in several instructions. */
    SPECIAL("warpgrade__thread_inst_executed_op_special.sum"),
    INTEGER("smsp__sass_thread_inst_executed_op_integer_pred_on.sum"),
    /** Multiplications and additions in {@code mma} instructions, two for each fused pair. */
    TENSOR_FLOPS("warpgrade__tensor_flops.sum"),
    /** Floating-point operations of 32-bit type: a fused multiply-add counts two. */
    FP32_FLOPS("warpgrade__fp32_flops.sum"),
    FP64_FLOPS("warpgrade__fp64_flops.sum"),
    /** As 32-bit; a packed pair counts both halves. */
    FP16_FLOPS("warpgrade__fp16_flops.sum"),

    /** Barrier instructions of a block, per warp. */
    BARRIERS("warpgrade__inst_executed_op_barrier.sum"),
    /** Shuffles, votes, matches and other exchanges within a warp, per warp. */
    EXCHANGES("warpgrade__inst_executed_op_warp_exchange.sum"),

    // Ratios of the above; never summed.
    ACTIVE_LANES(
            "smsp__thread_inst_executed_per_inst_executed.ratio", THREAD_INSTRUCTIONS, INSTRUCTIONS, 1, Double.NaN),
    BRANCH_EFFICIENCY("smsp__sass_average_branch_targets_threads_uniform.pct", BRANCHES_UNIFORM, BRANCHES, 100, 100),
    LOAD_SECTORS_PER_REQUEST(
            "l1tex__average_t_sectors_per_request_pipe_lsu_mem_global_op_ld.ratio",
            GLOBAL_LOAD_SECTORS,
            GLOBAL_LOAD_REQUESTS,
            1,
            Double.NaN),
    STORE_SECTORS_PER_REQUEST(
            "l1tex__average_t_sectors_per_request_pipe_lsu_mem_global_op_st.ratio",
            GLOBAL_STORE_SECTORS,
            GLOBAL_STORE_REQUESTS,
            1,
            Double.NaN);

    private static final Map<String, Metric> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Metric::id, Function.identity()));

    private final String id;
    private final int numerator;
    private final int denominator;
    private final double factor;
    private final double ofNothing;

    Metric(String id) {
        this.id = id;
        this.numerator = -1;
        this.denominator = -1;
        this.factor = 1;
        this.ofNothing = 0;
    }

    /** @param ofNothing the ratio where the denominator is 0; NaN for none */
    Metric(String id, Metric numerator, Metric denominator, double factor, double ofNothing) {
        this.id = id;
        this.numerator = numerator.ordinal();
        this.denominator = denominator.ordinal();
        this.factor = factor;
        this.ofNothing = ofNothing;
    }

    /** The name in reports and in {@code result.json}. */
    public String id() {
        return id;
    }

    /** Whether it is the quotient of two counts, so that it cannot be added up. */
    public boolean isRatio() {
        return numerator >= 0;
    }

    /** The value in a table of counts indexed by ordinal; NaN for a ratio of nothing. */
    double in(double[] sums) {
        if (!isRatio()) {
            return sums[ordinal()];
        }
        return sums[denominator] == 0 ? ofNothing : factor * sums[numerator] / sums[denominator];
    }

    /** @throws IllegalArgumentException if nothing is called that */
    public static Metric of(String id) {
        Metric metric = BY_ID.get(id);
        if (metric == null) {
            throw new IllegalArgumentException("no metric is called " + id);
        }
        return metric;
    }
}
