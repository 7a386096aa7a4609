package org.warpgrade.gpu.host;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.SourceLocation;

/** Serves the calls of functions that the program declares but does not define: {@code gpu-runner/RUNTIME_CALLS.md}. */
public interface RuntimeCalls {

    /** One call by one thread, with access to its arguments and its memory. */
    interface Site {

        int intArgument(int index);

        long longArgument(int index);

        /** The first bytes of an argument passed by value. */
        byte[] argument(int index, int bytes);

        /** Reads memory as the calling thread may. */
        byte[] read(long address, int bytes);

        /** Writes memory as the calling thread may. */
        void write(long address, byte[] bytes);

        void returnInt(int value);

        void returnLong(long value);

        @Nullable
        SourceLocation at();

        /** The same finding with the call's line, block and thread. */
        Finding placed(Finding finding);
    }

    /**
     * Serves a call.
     *
     * @return false if nothing of that name is offered
     */
    boolean call(String name, Site site);
}
