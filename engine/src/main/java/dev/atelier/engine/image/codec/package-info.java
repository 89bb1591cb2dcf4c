/**
 * Pictures in files. Untrusted ones pass a guard a format, which checks headers and hands the decoder a file rewritten from what it checked; files
 * are written with what made them.
 */
package dev.atelier.engine.image.codec;
