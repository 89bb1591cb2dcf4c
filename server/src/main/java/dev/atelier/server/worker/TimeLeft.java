package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.GenerationListener.WorkProgress;

/** Seconds until a prediction is finished that takes several calls of the engine, each as long as the present one. */
final class TimeLeft {
    /** Further on, what is left of a call is too little to tell the whole call from. */
    private static final double TELLING = 0.9;

    private double call = WorkProgress.UNKNOWN;

    /**
     * @param work of the present call
     * @param count pictures that it makes
     * @param rest pictures that come after it
     * @return negative: not known
     */
    double of(WorkProgress work, int count, int rest) {
        if (work.secondsLeft() >= 0 && work.fraction() < TELLING) {
            call = work.secondsLeft() / (1 - work.fraction());
        }
        if (rest == 0 || work.secondsLeft() < 0) {
            return work.secondsLeft();
        }
        return call < 0 ? WorkProgress.UNKNOWN : work.secondsLeft() + call * rest / count;
    }
}
