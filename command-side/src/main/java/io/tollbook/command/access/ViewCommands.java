package io.tollbook.command.access;

import io.tollbook.kernel.access.RecordView;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Writes down who looked at what. Nothing is decided by it, so it belongs to no aggregate. */
@Component
class ViewCommands {
    private final EventBus events;

    ViewCommands(@Lazy EventBus events) {
        this.events = events;
    }

    @CommandHandler
    void handle(RecordView command) {
        events.publish(GenericEventMessage.asEventMessage(command.view()));
    }
}
