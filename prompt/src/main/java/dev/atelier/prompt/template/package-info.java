/**
 * Templates for what industries ask for again and again: prompts in two languages with typed slots, as files beside this package.
 * {@link dev.atelier.prompt.template.Templates} has them, {@link dev.atelier.prompt.template.TemplateEngineer} plans what they ask for.
 */
package dev.atelier.prompt.template;
