package dev.atelier.client;

import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Events as the Reactive Streams of {@link Flow}: every subscriber has a stream and a virtual thread of its own. */
final class EventPublisher<E> implements Flow.Publisher<E> {
    private final Supplier<EventStream<E>> streams;

    EventPublisher(Supplier<EventStream<E>> streams) {
        this.streams = streams;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super E> subscriber) {
        new Subscription<E>(subscriber, streams.get()).start();
    }

    private static final class Subscription<E> implements Flow.Subscription {
        private final Flow.Subscriber<? super E> subscriber;
        private final EventStream<E> events;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition asked = lock.newCondition();
        private final Thread thread =
                Thread.ofVirtual().name("atelier-publisher").unstarted(this::run);
        private long demand;
        private boolean canceled;
        private long malformedDemand = 1;

        Subscription(Flow.Subscriber<? super E> subscriber, EventStream<E> events) {
            this.subscriber = subscriber;
            this.events = events;
        }

        void start() {
            if (subscriber == null) {
                throw new NullPointerException("subscriber");
            }
            thread.start();
        }

        private void run() {
            try (events) {
                subscriber.onSubscribe(this);
                AtelierException failure = null;
                try {
                    while (events.hasNext() && awaitDemand()) {
                        subscriber.onNext(events.next());
                    }
                } catch (AtelierException e) {
                    failure = e;
                }
                end(failure);
            }
        }

        private void end(AtelierException failure) {
            lock.lock();
            boolean silent = canceled;
            long malformed = malformedDemand;
            lock.unlock();
            if (malformed <= 0) {
                subscriber.onError(new IllegalArgumentException(
                        "request: " + malformed + " is not positive (Reactive Streams 3.9)"));
            } else if (failure != null && !silent) {
                subscriber.onError(failure);
            } else if (!silent) {
                subscriber.onComplete();
            }
        }

        /** @return false when nobody listens any more */
        private boolean awaitDemand() {
            lock.lock();
            try {
                while (demand == 0 && !canceled) {
                    asked.awaitUninterruptibly();
                }
                demand -= demand == Long.MAX_VALUE ? 0 : 1;
                return !canceled;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                if (canceled) {
                    return;
                }
                if (n > 0) {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                } else {
                    malformedDemand = n;
                    canceled = true;
                }
                asked.signalAll();
            } finally {
                lock.unlock();
            }
            if (n <= 0) {
                events.close();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            canceled = true;
            asked.signalAll();
            lock.unlock();
            events.close();
        }
    }
}
