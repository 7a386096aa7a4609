package org.warpgrade.gpu.cpu;

import java.util.Arrays;

/** What a lane has put aside for functions that it will return to. */
final class LaneStack {

    private long[] words = new long[16];
    private int top;
    /** Functions that the lane is in. */
    int depth;

    void push(long word) {
        if (top == words.length) {
            words = Arrays.copyOf(words, top * 2);
        }
        words[top++] = word;
    }

    long pop() {
        return words[--top];
    }

    void clear() {
        top = 0;
        depth = 0;
    }
}
