package dev.atelier.server.prediction;

import java.time.Instant;

/** What is heard of all predictions of a key. */
public sealed interface KeyEvent {
    /** A prediction that the listener may not know; told again after a resumption when it is not sure. */
    record Accepted(Prediction prediction) implements KeyEvent {}

    /** What happened to one of them. */
    record Of(Prediction prediction, PredictionEvent event) implements KeyEvent {}

    /** An ended one was removed by its owner. */
    record Deleted(String id) implements KeyEvent {}

    /** More has ended since the position that was named than is told again: the listing has it all. */
    record Gap() implements KeyEvent {}

    /** Nothing happened; everything that ended before {@code at} was told. */
    record Quiet(Instant at) implements KeyEvent {}

    /** The service stops; the last event. */
    record Closing() implements KeyEvent {}
}
