/**
 * Puts changes of policies in force: reviewed first, off the transaction, then written as one immutable version if nothing moved.
 * Live edits, drafts and going back are the same thing here; a tenant's settings say who must have seen what before.
 * Shows versions and what differs between them.
 */
@NullMarked
package io.ashlar.authz.publication;

import org.jspecify.annotations.NullMarked;
