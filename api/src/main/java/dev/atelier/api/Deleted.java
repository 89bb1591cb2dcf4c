package dev.atelier.api;

/** A prediction that is no more, with its pictures. */
public record Deleted(String id, boolean deleted) {}
