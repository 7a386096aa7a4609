package org.warpgrade.gpu.ptx;

/** PTX state spaces (PTX ISA section 5.1). */
public enum StateSpace {
    GENERIC,
    GLOBAL,
    SHARED,
    LOCAL,
    CONST,
    PARAM
}
