/** Atelier as an {@code ImageModel} of LangChain4j, for itself and in Spring Boot. */
package dev.atelier.langchain4j;
