package dev.atelier.server.webhook;

import dev.atelier.server.prediction.Prediction;

/** Delivers ended predictions to the URL that their request named. */
public interface WebhookSender {
    /**
     * Checks a URL when a request is accepted.
     *
     * @throws dev.atelier.server.error.ApiException (400) naming {@code webhook_url} when it is no public http(s) URL
     */
    void check(String url);

    /**
     * Queues the delivery in the caller's transaction, so that a prediction that ends is a delivery that is tried.
     *
     * @param ended a terminal prediction whose request names a URL
     */
    void enqueue(Prediction ended);
}
