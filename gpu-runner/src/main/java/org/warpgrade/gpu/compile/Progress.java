package org.warpgrade.gpu.compile;

/** Hears of work that takes long enough for a person to wonder. */
public interface Progress {

    /** Says what is being done and why, in one sentence. */
    void say(String sentence);

    /** Tells how far a transfer is; called a few times per second. */
    void bytes(String what, long done, long total);

    /** Hears and says nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void say(String sentence) {}

            @Override
            public void bytes(String what, long done, long total) {}
        };
    }
}
