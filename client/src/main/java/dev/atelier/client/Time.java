package dev.atelier.client;

import java.time.Duration;

/** Passing time, replaced in tests. */
interface Time {
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration pause) throws InterruptedException {
            Thread.sleep(pause);
        }
    };

    /** Of no known beginning. */
    long nanos();

    void pause(Duration pause) throws InterruptedException;
}
