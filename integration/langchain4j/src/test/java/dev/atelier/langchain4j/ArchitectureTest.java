package dev.atelier.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** LangChain4j meets the client here, and nothing else of ours. */
@AnalyzeClasses(packages = "dev.atelier.langchain4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_CLIENT_LANGCHAIN_AND_SPRING_ARE_USED = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.atelier.langchain4j..",
                    "dev.atelier.client..",
                    "dev.atelier.api..",
                    "org.springframework..",
                    "dev.langchain4j..",
                    "java..");
}
