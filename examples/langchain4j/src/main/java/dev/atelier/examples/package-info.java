/** An application of LangChain4j that draws with Atelier. */
package dev.atelier.examples;
