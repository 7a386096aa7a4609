package org.warpgrade.reference.inputs;

import java.nio.charset.StandardCharsets;

/**
 * A stream of input values: a pure function of its key. Two streams with different labels are independent; values are
 * distinct everywhere (no all-equal inputs unless asked for).
 */
public final class Inputs {

    private final long key;
    private long next;

    private Inputs(long key) {
        this.key = key;
    }

    /** The stream of one label under a seed. */
    public static Inputs of(long seed, String label) {
        long hash = 0xCBF29CE484222325L ^ seed;
        for (byte b : label.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new Inputs(mix(hash));
    }

    /** Finaliser of MurmurHash3: every input bit reaches every key bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }

    /** Uniform in [low, high). */
    public float uniform(float low, float high) {
        return low + (high - low) * Philox.uniform(key, next++);
    }

    /** Uniform in 0 .. bound-1. */
    public int below(int bound) {
        return Philox.below(key, next++, bound);
    }

    /** Uniform in low .. high, both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Standard normal (Box-Muller in double, rounded to float). */
    public float normal() {
        double u = (Philox.word(key, next++) >>> 8) * 0x1p-24 + 0x1p-25;
        double v = (Philox.word(key, next++) >>> 8) * 0x1p-24;
        return (float) (Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
    }

    public float[] uniforms(int count, float low, float high) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = uniform(low, high);
        }
        return values;
    }

    public float[] normals(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = normal();
        }
        return values;
    }

    /** Integers in low .. high. */
    public int[] integers(int count, int low, int high) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = between(low, high);
        }
        return values;
    }

    /** A uniformly random permutation of 0 .. count-1 (Fisher-Yates). */
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The curriculum's public fill C14: {@code fill(k)[i] = 0.5 sin(0.7 i + k)}, rounded to float. */
    public static float[] fill(int k, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.5 * Math.sin(0.7 * i + k));
        }
        return values;
    }
}
