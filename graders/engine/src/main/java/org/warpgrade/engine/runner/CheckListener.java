package org.warpgrade.engine.runner;

/** Hears how the checks of a submission get on, on any of their threads. */
public interface CheckListener {

    /** Hears nothing. */
    CheckListener NONE = new CheckListener() {
        @Override
        public void started(int checks) {}

        @Override
        public void ended() {}
    };

    /** Once, before the first check. */
    void started(int checks);

    /** One check has come to its end, however it ended. */
    void ended();
}
