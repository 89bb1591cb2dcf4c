package dev.atelier.api.images;

/** Why there is no picture. */
public record ImageError(String code, String message) {}
