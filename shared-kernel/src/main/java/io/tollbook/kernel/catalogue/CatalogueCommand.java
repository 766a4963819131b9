package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Command;

public sealed interface CatalogueCommand<R> extends Command<R>
        permits SaveVendor,
                RemoveVendor,
                DescribeModels,
                ForgetModels,
                UndoModelChange,
                SavePrefillGroup,
                RemovePrefillGroup {
    /** There is one catalogue, so that names in it are unique and a vendor in use is known to be. */
    String CATALOGUE = "catalogue";
}
