/**
 * Moves an application from the checks it has to policies, without a day on which everything changes at once.
 * {@link io.ashlar.authz.shadow.ShadowAuthorizer} answers as one side does, asks the other one beside it, and counts where they
 * differ. The report says by action, resource type and policy who would gain and who would lose.
 */
@NullMarked
package io.ashlar.authz.shadow;

import org.jspecify.annotations.NullMarked;
