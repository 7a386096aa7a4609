package org.warpgrade.engine.bench;

import org.warpgrade.gpu.FindingKind;

/** What a kind of finding is called, in both languages. */
public record FindingTitles(String en, String zh) {

    public static FindingTitles of(FindingKind kind) {
        return switch (kind) {
            case OUT_OF_BOUNDS -> new FindingTitles("Access out of bounds", "越界访问");
            case MISALIGNED -> new FindingTitles("Misaligned access", "未对齐的访问");
            case USE_AFTER_FREE -> new FindingTitles("Use of freed memory", "使用已释放的内存");
            case DOUBLE_FREE -> new FindingTitles("Memory freed twice", "内存被释放两次");
            case LEAK -> new FindingTitles("Memory never freed", "内存未释放");
            case UNINITIALISED_READ -> new FindingTitles("Read of memory that was never written", "读取从未写入的内存");
            case SHARED_RACE -> new FindingTitles("Data race in shared memory", "共享内存数据竞争");
            case GLOBAL_RACE -> new FindingTitles("Data race in global memory", "全局内存数据竞争");
            case BARRIER_DIVERGENCE -> new FindingTitles("Barrier not reached by all threads", "并非所有线程都到达同步点");
            case DEADLOCK -> new FindingTitles("Deadlock", "死锁");
            case INVALID_MASK -> new FindingTitles("Wrong warp mask", "线程束掩码错误");
            case BAD_LAUNCH -> new FindingTitles("Invalid kernel launch", "无效的内核启动");
            case HOST_DEREFERENCES_DEVICE_MEMORY ->
                new FindingTitles("Host code reads or writes device memory", "主机代码直接访问设备内存");
            case KERNEL_DEREFERENCES_HOST_MEMORY ->
                new FindingTitles("A kernel reads or writes host memory", "内核直接访问主机内存");
            case WRITE_TO_READ_ONLY -> new FindingTitles("Write to a const input", "写入了只读输入");
            case STACK_OVERFLOW -> new FindingTitles("Stack overflow", "栈溢出");
            case STEP_BUDGET -> new FindingTitles("Too many steps", "执行步数过多");
            case DEADLINE -> new FindingTitles("Out of time", "超时");
            case MEMORY_BUDGET -> new FindingTitles("Too much device memory", "设备内存用量过大");
            case LAUNCH_BUDGET -> new FindingTitles("Too many launches", "内核启动次数过多");
            case PRINT_BUDGET -> new FindingTitles("Too much output", "输出过多");
            case ASSERTION -> new FindingTitles("Assertion failed", "断言失败");
            case TRAP -> new FindingTitles("Trap", "程序陷入");
            case NAN_BORN -> new FindingTitles("First NaN", "首次出现 NaN");
            case ORDER_DEPENDENT -> new FindingTitles("Depends on the order of threads", "结果取决于线程顺序");
            case API_MISUSE -> new FindingTitles("Wrong use of the CUDA runtime", "CUDA 运行时用法错误");
        };
    }
}
