/** Trusted Types as far as the previews use them; TypeScript's DOM does not have them all, nor does every browser. */
type TrustedRules = { createScriptURL?: (url: string) => string; createHTML?: (html: string) => string };

interface Window {
  trustedTypes?: { createPolicy<Rules extends TrustedRules>(name: string, rules: Rules): Rules };
}
