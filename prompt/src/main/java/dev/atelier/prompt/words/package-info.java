/** Word lists and patterns as plain text files, which people who write no Java can extend. */
package dev.atelier.prompt.words;
