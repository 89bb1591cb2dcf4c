package dev.atelier.server.error;

import dev.atelier.prompt.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every failure of a controller into the JSON of its surface. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ApiErrors {
    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ResponseEntity<Object> known(ApiException e, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(e.status()).contentType(MediaType.APPLICATION_JSON);
        Duration retryAfter = e.retryAfter();
        if (retryAfter.isPositive()) {
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
        }
        return answer.body(ErrorBodies.of(request.getRequestURI(), e.status(), e.field(), e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequestException e, HttpServletRequest request) {
        return answer(request, HttpStatus.BAD_REQUEST, e.field(), e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return answer(request, HttpStatus.BAD_REQUEST, "body", "body: is not the JSON that is expected");
    }

    @ExceptionHandler
    ResponseEntity<Object> type(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        Class<?> wanted = e.getRequiredType();
        String message = e.getName() + ": '" + shortened(String.valueOf(e.getValue())) + "' is not " + words(wanted);
        return answer(request, HttpStatus.BAD_REQUEST, e.getName(), message);
    }

    private static String words(Class<?> wanted) {
        if (wanted == int.class || wanted == Integer.class || wanted == long.class || wanted == Long.class) {
            return "a whole number in its range";
        }
        if (wanted == double.class || wanted == Double.class) {
            return "a number";
        }
        return wanted == boolean.class || wanted == Boolean.class ? "true or false" : "a valid value";
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(MissingServletRequestParameterException e, HttpServletRequest request) {
        String name = e.getParameterName();
        return answer(request, HttpStatus.BAD_REQUEST, name, name + ": missing");
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(MissingServletRequestPartException e, HttpServletRequest request) {
        String name = e.getRequestPartName();
        return answer(
                request, HttpStatus.BAD_REQUEST, name, name + ": missing; a multipart part of this name is needed");
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        String bound = e.getMaxUploadSize() > 0 ? "; at most " + e.getMaxUploadSize() + " bytes are allowed" : "";
        return answer(request, HttpStatus.CONTENT_TOO_LARGE, "file", "file: the upload is too large" + bound);
    }

    @ExceptionHandler
    ResponseEntity<Object> multipart(MultipartException e, HttpServletRequest request) {
        return answer(request, HttpStatus.BAD_REQUEST, "body", "body: is no readable multipart form");
    }

    @ExceptionHandler
    ResponseEntity<Object> method(HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
        String[] supported = e.getSupportedMethods();
        return answer(
                request,
                HttpStatus.METHOD_NOT_ALLOWED,
                "",
                e.getMethod() + " is not allowed here; " + Arrays.toString(supported) + " is");
    }

    @ExceptionHandler
    ResponseEntity<Object> mediaType(HttpMediaTypeNotSupportedException e, HttpServletRequest request) {
        return answer(
                request,
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type",
                "Content-Type: '" + shortened(String.valueOf(e.getContentType())) + "' is not supported; "
                        + e.getSupportedMediaTypes() + " is");
    }

    @ExceptionHandler
    ResponseEntity<Object> accept(HttpMediaTypeNotAcceptableException e, HttpServletRequest request) {
        return answer(
                request,
                HttpStatus.NOT_ACCEPTABLE,
                "Accept",
                "Accept: nothing of that kind is here; " + e.getSupportedMediaTypes() + " is");
    }

    @ExceptionHandler
    ResponseEntity<Object> nothing(NoResourceFoundException e, HttpServletRequest request) {
        return answer(request, HttpStatus.NOT_FOUND, "", "there is nothing at " + shortened(request.getRequestURI()));
    }

    /** The client went away while it was answered. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        log.debug("a client went away: {}", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> unknown(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return answer(request, status, "", status.getReasonPhrase());
        }
        Optional<ApiException> outage = Outages.of(e);
        if (outage.isPresent()) {
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), rootMessage(e));
            return known(outage.get(), request);
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return answer(
                request,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "",
                "an internal error; the service's log has it under this answer's X-Request-ID");
    }

    private static String rootMessage(Throwable failure) {
        String message = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        return message.lines().findFirst().orElse("");
    }

    private static ResponseEntity<Object> answer(
            HttpServletRequest request, HttpStatus status, String field, String message) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(ErrorBodies.of(request.getRequestURI(), status, field, message));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
