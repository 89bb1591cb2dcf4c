package dev.atelier.client;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;

/** What a stream of events tells. A prediction's own stream has {@link Progressed}, {@link Output} and, at its end, {@link Done}. */
public sealed interface PredictionEvent {
    /** A prediction was accepted. */
    record Submitted(PredictionView prediction) implements PredictionEvent {}

    /** How far it is. */
    record Progressed(Progress progress) implements PredictionEvent {}

    /** A picture is finished, or has failed ({@link ImageView#error}). Each is told once. */
    record Output(ImageView image) implements PredictionEvent {}

    /** The prediction has ended: completed, failed or canceled. */
    record Done(PredictionView prediction) implements PredictionEvent {}

    /** A prediction is no more. */
    record Deleted(String id) implements PredictionEvent {}

    /** More has ended than the service tells again: read the list. */
    record Gap(String message) implements PredictionEvent {}
}
