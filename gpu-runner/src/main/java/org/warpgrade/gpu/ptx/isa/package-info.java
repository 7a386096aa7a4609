/**
 * The meaning of PTX scalar instructions, each written once as a static helper on Java primitives.
 *
 * <p>A helper is called after its instruction with the dots as underscores: {@code add.rn.f32} is {@code add_rn_f32},
 * the default rounding spelled out. Predicates are {@code boolean}; 16-bit values are the low half of an {@code int}
 * whose upper half is zero; 32- and 64-bit integers are {@code int} and {@code long}; {@code f16x2} and {@code bf16x2}
 * are an {@code int} with the first element in the low half. {@link org.warpgrade.gpu.ptx.isa.PtxMath} finds a helper
 * by name.
 */
@NullMarked
package org.warpgrade.gpu.ptx.isa;

import org.jspecify.annotations.NullMarked;
