/** Word lists, patterns and the words of models as plain text files, which people who write no Java can extend. */
package dev.atelier.prompt.words;
