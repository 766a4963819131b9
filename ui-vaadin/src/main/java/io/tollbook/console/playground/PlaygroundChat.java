package io.tollbook.console.playground;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The chat itself, drawn by {@code console/playground.js}, which calls the relay from the browser: an open stream then holds
 * no thread and no memory of the console's. It asks back what a call cost, which only the book can say.
 */
@Tag("play-ground")
class PlaygroundChat extends Component {
    private final UnaryOperator<String> charged;
    private final Runnable rawWanted;
    private final Consumer<String> restored;

    /**
     * @param charged by a call's id, what it cost in JSON; empty as long as the log does not have it
     * @param rawWanted when the request and the events of an answer are to be seen
     * @param restored what the browser had kept of the settings
     */
    PlaygroundChat(String user, UnaryOperator<String> charged, Runnable rawWanted, Consumer<String> restored) {
        this.charged = charged;
        this.rawWanted = rawWanted;
        this.restored = restored;
        getElement().setProperty("user", user);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        event.getUI().getPage().addJsModule("context://console/playground.js");
        getElement()
                .executeJs("return customElements.whenDefined('play-ground').then(() => this.remembered())")
                .then(String.class, restored::accept);
    }

    void settings(ObjectNode settings) {
        getElement().setPropertyJson("settings", settings);
    }

    void toggleSide() {
        getElement().callJsFunction("toggleSide");
    }

    @ClientCallable
    String charged(String request) {
        return charged.apply(request);
    }

    @ClientCallable
    void showRaw() {
        rawWanted.run();
    }
}
