package dev.atelier.server.queue;

import dev.atelier.server.disk.DiskSpace;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.webhook.WebhookSender;
import org.springframework.stereotype.Component;

/** What checks the addresses and pictures that a request brings, whether its model can do with them what is asked, and room for them. */
@Component
record Edge(ReferenceResolver references, WebhookSender webhooks, SourceCheck sources, DiskSpace disk) {}
