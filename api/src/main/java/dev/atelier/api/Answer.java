package dev.atelier.api;

/** The envelope of {@code /api/v1}. */
public record Answer<T>(int code, String message, T data) {
    public static final int OK = 200;
    public static final String SUCCESS = "success";

    public static <T> Answer<T> of(T data) {
        return new Answer<>(OK, SUCCESS, data);
    }
}
