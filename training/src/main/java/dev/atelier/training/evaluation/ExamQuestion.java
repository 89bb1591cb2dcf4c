package dev.atelier.training.evaluation;

/**
 * One prompt of an exam.
 *
 * @param group under which its answer is counted
 * @param prompt as it is asked
 * @param wanted what is to be seen or read, in words; empty: nothing that could be judged
 */
public record ExamQuestion(String group, String prompt, String wanted) {}
