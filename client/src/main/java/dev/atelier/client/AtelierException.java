package dev.atelier.client;

import dev.atelier.api.PredictionView;
import java.time.Duration;
import java.util.Optional;

/** Why a call brought no result. The message is for people; {@link #code} is what programs decide by. */
public final class AtelierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient Details details;

    /** Of what kind a failure is. */
    public enum Code {
        /** A field is malformed or out of bounds: 400, 405, 406, 415. */
        INVALID,
        /** No key, or one that the service does not know: 401. */
        UNAUTHORIZED,
        /** The key's scopes do not allow it: 403. */
        FORBIDDEN,
        /** There is none, or it is another key's: 404, 410. */
        NOT_FOUND,
        /** It is not in the state that this needs: 409. */
        CONFLICT,
        /** Larger than the service takes: 413. */
        TOO_LARGE,
        /** A picture that cannot be read: 422. */
        UNREADABLE,
        /** More often than the key may: 429. */
        TOO_MANY,
        /** The queue is full, or a part of the service is away: 502, 503, 504. */
        UNAVAILABLE,
        /** The service's disk is full: 507. */
        NO_ROOM,
        /** The service has a fault: any other 5xx. */
        SERVER,
        /** No connection could be opened, so nothing was sent. */
        UNREACHABLE,
        /** The connection broke after the request had been sent: whether it was heard is not known. */
        DISCONNECTED,
        /** Nothing came within the time that was allowed. */
        TIMEOUT,
        /** The calling thread was interrupted; its flag is set again. */
        INTERRUPTED,
        /** The prediction ended without a picture. */
        FAILED,
        /** The prediction was canceled. */
        CANCELED,
        /** The answer is none of this API, or larger than this client takes. */
        PROTOCOL,
        /** A webhook that is not signed as the service signs, or not now. */
        SIGNATURE
    }

    /**
     * What is known beside the message.
     *
     * @param status of HTTP; 0 when there was no answer
     * @param field at fault; empty when it is none
     * @param requestId of the call, as the service's log has it; empty when there was none
     * @param retryAfter when the service asks to be called again; zero when it does not say
     * @param prediction that failed; null when it is none
     */
    record Details(int status, String field, String requestId, Duration retryAfter, PredictionView prediction) {
        static final Details NONE = new Details(0, "", "", Duration.ZERO, null);

        static Details of(String requestId) {
            return new Details(0, "", requestId, Duration.ZERO, null);
        }
    }

    AtelierException(Code code, String message, Details details, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = details;
    }

    /**
     * Of whoever draws without HTTP.
     *
     * @param field at fault; empty when it is none
     * @param prediction that failed; null when it is none
     */
    public AtelierException(Code code, String field, String message, PredictionView prediction, Throwable cause) {
        this(code, message, new Details(0, field, "", Duration.ZERO, prediction), cause);
    }

    AtelierException(Code code, String message) {
        this(code, message, Details.NONE, null);
    }

    public Code code() {
        return code;
    }

    /** The status of HTTP; 0 when there was no answer. */
    public int status() {
        return details().status();
    }

    /** The field at fault, such as {@code size}; empty when it is none. */
    public String field() {
        return details().field();
    }

    /** The call's {@code X-Request-ID}, under which the service's log has it; empty when there was no call. */
    public String requestId() {
        return details().requestId();
    }

    /** How long the service asks to wait before the next call; zero when it does not say. */
    public Duration retryAfter() {
        return details().retryAfter();
    }

    /** What has become of the prediction, of {@link Code#FAILED} and {@link Code#CANCELED}. */
    public Optional<PredictionView> prediction() {
        return Optional.ofNullable(details().prediction());
    }

    /** Whether the same call may go well later. */
    public boolean temporary() {
        return switch (code) {
            case TOO_MANY, UNAVAILABLE, NO_ROOM, UNREACHABLE, DISCONNECTED, TIMEOUT -> true;
            default -> false;
        };
    }

    /** Whether the service has surely done nothing: the call was refused as a whole, or never reached it. */
    boolean refused() {
        int status = status();
        return code == Code.UNREACHABLE || status == 429 || status == 503 || status == 507;
    }

    /** Serialized exceptions have the message and the code alone. */
    private Details details() {
        return details == null ? Details.NONE : details;
    }
}
