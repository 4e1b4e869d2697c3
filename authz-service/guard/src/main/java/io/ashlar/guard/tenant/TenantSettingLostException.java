package io.ashlar.guard.tenant;

/** The tenant of a transaction was not what it was begun with. Nothing was committed, nothing may be answered. */
public final class TenantSettingLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TenantSettingLostException() {
        super("the transaction's tenant setting was lost; rolled back");
    }
}
