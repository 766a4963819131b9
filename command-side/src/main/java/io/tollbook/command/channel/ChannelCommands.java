package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelDraft;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.CopyChannel;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.secret.Vault;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What concerns several channels: all of it or nothing. */
@Component
class ChannelCommands {
    private final Repository<Channel> channels;
    private final Vault vault;

    ChannelCommands(@Lazy @Qualifier("channelRepository") Repository<Channel> channels, Vault vault) {
        this.channels = channels;
        this.vault = vault;
    }

    @CommandHandler
    void handle(ChangeChannels command) throws Exception {
        for (ChannelDraft draft : command.created()) {
            try {
                create(new CreateChannel(draft.channel(), draft.terms(), draft.key(), command.at()), draft.enabled());
            } catch (Refused refused) {
                throw new Refused(refused.refusal(), "“" + draft.terms().name() + "”: " + refused.getMessage());
            }
        }
        for (ChannelChange change : command.changed()) {
            try {
                load(change.channel()).execute(channel -> channel.change(change, command.at(), vault));
            } catch (Refused refused) {
                throw new Refused(
                        refused.refusal(),
                        "Channel " + change.channel().value() + " “"
                                + change.before().name() + "”: " + refused.getMessage());
            }
        }
    }

    @CommandHandler
    void handle(CopyChannel command) throws Exception {
        Aggregate<Channel> source = load(command.source());
        CreateChannel copy = source.invoke(channel -> channel.copied(command, vault));
        create(copy, source.invoke(Channel::isEnabled));
    }

    private void create(CreateChannel command, boolean enabled) throws Exception {
        Aggregate<Channel> channel = channels.newInstance(() -> new Channel(command, vault));
        if (!enabled) channel.execute(made -> made.handle(new DisableChannel(command.channel(), false, "made so")));
    }

    private Aggregate<Channel> load(ChannelId channel) {
        return channels.load(channel.toString());
    }
}
