package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.Op.Space;

/** The generic window of a state space; the local memory of host code is host memory. */
final class Windows {

    private Windows() {}

    static long of(Space space, boolean host) {
        return switch (space) {
            case GLOBAL, CONST -> AddressMap.GLOBAL;
            case SHARED -> AddressMap.SHARED;
            case LOCAL -> host ? AddressMap.HOST : AddressMap.LOCAL;
            case PARAM_IN -> AddressMap.PARAM;
            case GENERIC, PARAM_OUT, PARAM_RETURN -> throw new IllegalArgumentException(space + " has no window");
        };
    }
}
