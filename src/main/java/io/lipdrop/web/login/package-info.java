/** Lets people and programs in: sessions, tokens, the login page. */
@NullMarked
package io.lipdrop.web.login;

import org.jspecify.annotations.NullMarked;
