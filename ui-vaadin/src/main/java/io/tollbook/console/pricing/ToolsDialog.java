package io.tollbook.console.pricing;

import com.vaadin.flow.component.textfield.TextArea;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Consumer;

/** What uses of tools cost, in the draft, one a line. */
class ToolsDialog extends FormDialog {
    /** @param save takes them over, or refuses */
    ToolsDialog(Map<String, BigDecimal> prices, Consumer<Map<String, BigDecimal>> save) {
        super("tools", "Tool prices", "Take over");
        TextArea tools = new TextArea("USD per 1,000 uses");
        tools.setId("tools-prices");
        tools.setHelperText("tool = price, or tool:model* = price for models whose names begin so");
        tools.setMinRows(6);
        tools.setValue(PricedLines.write(prices));
        broad(
                tools,
                Marks.dim("Added to the price of the tokens. Where several lines fit a model, the longest counts. "
                        + "Tools: web_search, web_search_preview, file_search, google_search."));
        onSave(() -> save.accept(PricedLines.read(tools.getValue(), "web_search = 10")));
    }
}
