/** Vocabularies for models trained from scratch. */
package dev.atelier.training.tokenizer;
