/**
 * Grammars that a language model is held to while it writes. A grammar reads bytes, because the tokens of a byte-level tokenizer may end
 * inside a character: what it lets through is UTF-8 in any case.
 */
package dev.atelier.engine.text.grammar;
