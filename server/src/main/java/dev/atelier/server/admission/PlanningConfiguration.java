package dev.atelier.server.admission;

import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.llm.LocalChatModel;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.template.TemplateEngineer;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Requests are planned by the engineer that the settings name, rules unless they say otherwise, in words that the model knows where it
 * has a vocabulary; an application may bring another engineer.
 */
@Configuration(proxyBeanMethods = false)
class PlanningConfiguration {
    /** The local language model where the settings ask for one: the engineer's, and that of conversations. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "atelier.prompt.engineer", havingValue = "local")
    LocalChatModel localChatModel(EngineerProperties settings) {
        return settings.openLocal();
    }

    @Bean
    @ConditionalOnMissingBean
    PromptEngineer promptEngineer(EngineerProperties settings, Optional<LocalChatModel> local) {
        return new VocabularyAdapter(local.map(settings::around).orElseGet(settings::open));
    }

    /** What plans at once, whatever the service's engineer is: templates, and the words of others. */
    static PromptEngineer rules() {
        return new VocabularyAdapter(new TemplateEngineer(new RulePromptEngineer()));
    }
}
