package dev.atelier.prompt;

import java.util.List;

/**
 * One picture of a plan.
 *
 * @param prompt what to draw; it numbers references as the request does ("image 1" is the request's first)
 * @param references indices into the request's references, from 0, rising: those that this picture is made from. The pictures of a
 *     sequence see the references of all its shots
 * @param keep what must be the same as in the other shots or in the references, in words; empty: nothing
 * @param letters text that is laid out and shown to the model as a further reference, behind the request's; null: none, as in plans
 *     stored before there was any
 */
public record Shot(String prompt, List<Integer> references, List<String> keep, Letters letters) {
    public Shot {
        references = List.copyOf(references);
        keep = List.copyOf(keep);
    }

    /** A picture whose text, if any, is left to the model. */
    public Shot(String prompt, List<Integer> references, List<String> keep) {
        this(prompt, references, keep, null);
    }
}
