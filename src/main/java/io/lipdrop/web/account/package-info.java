/** Who may come in: people with passwords, programs with tokens, and what each may do. */
@NullMarked
package io.lipdrop.web.account;

import org.jspecify.annotations.NullMarked;
