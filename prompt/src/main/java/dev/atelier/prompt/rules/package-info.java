/**
 * Planning by rules, in English and Chinese: readers find counts, lists, shapes and references in a prompt whose quoted text is
 * hidden from them, and write one prompt a picture as edits of the original, so that nothing is lost.
 */
package dev.atelier.prompt.rules;
