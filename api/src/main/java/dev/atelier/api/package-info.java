/**
 * What travels over HTTP on {@code /api/v1}, as records: server, webhooks, published document and clients share them. A component is
 * always there and never null, unless it is {@code @JsonInclude(NON_NULL)}: then it is left out, or {@code @JsonInclude(ALWAYS)}: then
 * it may be null. Fields are written in the order of the components.
 */
package dev.atelier.api;
