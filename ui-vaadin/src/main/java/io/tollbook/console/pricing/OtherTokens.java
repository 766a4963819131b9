package io.tollbook.console.pricing;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.pricing.OwnRatios;
import java.math.BigDecimal;
import java.util.function.Supplier;

/** Prices of thinking, sound and pictures. Closed unless there are any, because most models have none. */
class OtherTokens extends Details {
    private final Supplier<BigDecimal> inputUsd;
    private final RatePair reasoning;
    private final RatePair audioInput;
    private final RatePair audioOutput;
    private final RatePair imageInput;
    private final RatePair imageOutput;

    /** @param inputUsd dollars that a ratio of 1 stands for */
    OtherTokens(Supplier<BigDecimal> inputUsd) {
        super("Thinking, sound and pictures");
        setId("price-other");
        setWidthFull();
        this.inputUsd = inputUsd;
        reasoning = new RatePair("price-reasoning", "Thinking", inputUsd);
        audioInput = new RatePair("price-audio-input", "Audio input", inputUsd);
        audioOutput = new RatePair("price-audio-output", "Audio output", this::audioUsd);
        imageInput = new RatePair("price-image-input", "Image input", inputUsd);
        imageOutput = new RatePair("price-image-output", "Image output", inputUsd);
        audioInput.onChange(audioOutput::showUsd);
        Div fields = new Div(
                Marks.dim("Empty: what goes in costs what input costs, what comes out what output costs."),
                reasoning,
                audioInput,
                audioOutput,
                imageInput,
                imageOutput);
        fields.addClassName("rate-list");
        add(fields);
    }

    private BigDecimal audioUsd() {
        BigDecimal audio = audioInput.ratio();
        return audio == null ? inputUsd.get() : inputUsd.get().multiply(audio);
    }

    void show(OwnRatios own) {
        reasoning.show(own.reasoning());
        audioInput.show(own.audioInput());
        audioOutput.show(own.audioCompletion());
        imageInput.show(own.imageInput());
        imageOutput.show(own.imageOutput());
        setOpened(!own.equals(OwnRatios.NONE));
    }

    /** Says the dollars anew, after the input price has changed. */
    void showUsd() {
        for (RatePair pair : new RatePair[] {reasoning, audioInput, audioOutput, imageInput, imageOutput})
            pair.showUsd();
    }

    OwnRatios ratios() {
        return new OwnRatios(
                reasoning.ratio(), audioInput.ratio(), audioOutput.ratio(), imageInput.ratio(), imageOutput.ratio());
    }
}
