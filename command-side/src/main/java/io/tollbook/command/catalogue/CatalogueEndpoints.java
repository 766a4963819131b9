package io.tollbook.command.catalogue;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.CatalogueShapes;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ForgetModels;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.RemovePrefillGroup;
import io.tollbook.kernel.catalogue.RemoveVendor;
import io.tollbook.kernel.catalogue.SavePrefillGroup;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.UndoModelChange;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Models, vendors and prefill groups, as administrators change them. */
@RestController
class CatalogueEndpoints {
    private final Messages messages;

    CatalogueEndpoints(Messages messages) {
        this.messages = messages;
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    @PostMapping({"/api/vendors/", "/api/vendors"})
    Envelope addVendor(@RequestBody JsonNode body, Actor actor) {
        administrator(actor);
        ModelForm form = new ModelForm(body);
        VendorTerms terms = new VendorTerms(
                form.text("name", ""), form.text("description", ""), form.text("icon", ""), form.flag("status", true));
        return vendor(messages.send(new SaveVendor(null, terms, Instant.now()), actor), actor);
    }

    @PutMapping({"/api/vendors/", "/api/vendors"})
    Envelope changeVendor(@RequestBody JsonNode body, Actor actor) {
        administrator(actor);
        ModelForm form = new ModelForm(body);
        VendorId id = new VendorId(form.id());
        VendorTerms before = found(id, actor).terms();
        VendorTerms after = new VendorTerms(
                form.text("name", before.name()),
                form.text("description", before.description()),
                form.text("icon", before.icon()),
                form.flag("status", before.enabled()));
        return vendor(messages.send(new SaveVendor(id, after, Instant.now()), actor), actor);
    }

    private Envelope vendor(VendorId id, Actor actor) {
        return Envelope.of(CatalogueShapes.vendor(found(id, actor)));
    }

    private Vendor found(VendorId id, Actor actor) {
        return messages.ask(new CatalogueNow(), actor)
                .vendor(id)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no vendor " + id + "."));
    }

    @DeleteMapping("/api/vendors/{id:\\d+}")
    Envelope removeVendor(@PathVariable long id, Actor actor) {
        administrator(actor);
        messages.send(new RemoveVendor(new VendorId(id)), actor);
        return Envelope.done();
    }

    @PostMapping({"/api/models/", "/api/models"})
    Envelope addModel(@RequestBody JsonNode body, Actor actor) {
        administrator(actor);
        ModelForm form = new ModelForm(body);
        // The usual object with a name that every form has to say itself.
        ModelDescription description = form.description(ModelDescription.of(form.text("model_name", "")));
        return described(new DescribeModels.Wish(null, description), actor);
    }

    @PutMapping({"/api/models/", "/api/models"})
    Envelope changeModel(
            @RequestBody JsonNode body,
            @RequestParam(name = "status_only", defaultValue = "false") boolean statusOnly,
            Actor actor) {
        administrator(actor);
        ModelForm form = new ModelForm(body);
        ModelId id = new ModelId(form.id());
        ModelDescription before = found(id, actor).description();
        ModelDescription after =
                statusOnly ? before.withEnabled(form.flag("status", before.enabled())) : form.description(before);
        return described(new DescribeModels.Wish(id, after), actor);
    }

    private Envelope described(DescribeModels.Wish wish, Actor actor) {
        DescribeModels.Described described = messages.send(new DescribeModels(List.of(wish), Instant.now()), actor);
        return Envelope.of(CatalogueShapes.model(found(described.models().getFirst(), actor)));
    }

    private DescribedModel found(ModelId id, Actor actor) {
        return messages.ask(new CatalogueNow(), actor).models().stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no model " + id + " in the catalogue."));
    }

    @DeleteMapping("/api/models/{id:\\d+}")
    Envelope forgetModel(@PathVariable long id, Actor actor) {
        administrator(actor);
        messages.send(new ForgetModels(List.of(new ModelId(id)), Instant.now()), actor);
        return Envelope.done();
    }

    /** Takes back a change of descriptions; the answer is the number of the change that did. */
    @PostMapping("/api/models/changes/{change:\\d+}/undo")
    Envelope undo(@PathVariable long change, Actor actor) {
        administrator(actor);
        return Envelope.of(messages.send(new UndoModelChange(change, Instant.now()), actor));
    }

    @PostMapping({"/api/prefill_group/", "/api/prefill_group"})
    Envelope addPrefillGroup(@RequestBody JsonNode body, Actor actor) {
        administrator(actor);
        ModelForm form = new ModelForm(body);
        PrefillTerms terms = new PrefillTerms(
                form.text("name", ""),
                PrefillType.of(form.text("type", "")),
                form.json("items", "[]"),
                form.text("description", ""));
        return prefillGroup(messages.send(new SavePrefillGroup(null, terms, Instant.now()), actor), actor);
    }

    @PutMapping({"/api/prefill_group/", "/api/prefill_group"})
    Envelope changePrefillGroup(@RequestBody JsonNode body, Actor actor) {
        administrator(actor);
        ModelForm form = new ModelForm(body);
        PrefillGroupId id = new PrefillGroupId(form.id());
        PrefillTerms before = found(id, actor).terms();
        PrefillTerms after = new PrefillTerms(
                form.text("name", before.name()),
                PrefillType.of(form.text("type", before.type().key())),
                form.json("items", before.items()),
                form.text("description", before.description()));
        return prefillGroup(messages.send(new SavePrefillGroup(id, after, Instant.now()), actor), actor);
    }

    private Envelope prefillGroup(PrefillGroupId id, Actor actor) {
        return Envelope.of(CatalogueShapes.prefillGroup(found(id, actor)));
    }

    private PrefillGroup found(PrefillGroupId id, Actor actor) {
        return messages.ask(new PrefillGroups(null), actor).stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such prefill group."));
    }

    @DeleteMapping("/api/prefill_group/{id:\\d+}")
    Envelope removePrefillGroup(@PathVariable long id, Actor actor) {
        administrator(actor);
        messages.send(new RemovePrefillGroup(new PrefillGroupId(id)), actor);
        return Envelope.done();
    }
}
