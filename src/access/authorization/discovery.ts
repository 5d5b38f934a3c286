import { failed, type HttpReply, jsonReply, ok, type Result, unavailable } from "#kernel";
import { identityScopes } from "./scope-request.ts";
import { userInfoPath } from "./user-info-path.ts";

/** Source: SMART App Launch 2.2 §4.0.1 (capability sets and capabilities). */
const smartCapabilities = [
  "launch-ehr",
  "launch-standalone",
  "authorize-post",
  "client-public",
  "client-confidential-symmetric",
  "client-confidential-asymmetric",
  "sso-openid-connect",
  "context-banner",
  "context-style",
  "context-ehr-patient",
  "context-ehr-encounter",
  "context-standalone-patient",
  "permission-offline",
  "permission-online",
  "permission-patient",
  "permission-user",
  "permission-v1",
  "permission-v2",
] as const;

interface Where {
  readonly issuer: string | undefined;
}

/** Source: SMART App Launch 2.2 §4.0.2 (.well-known/smart-configuration). Problems: unavailable before the start. */
export function smartConfiguration({ issuer }: Where): Result<HttpReply> {
  if (issuer === undefined) return failed(unavailable("not-started", "Corridor is starting; try again in a moment."));
  const reply = jsonReply({
    issuer,
    jwks_uri: `${issuer}/auth/jwks`,
    authorization_endpoint: `${issuer}/auth/authorize`,
    token_endpoint: `${issuer}/auth/token`,
    userinfo_endpoint: `${issuer}${userInfoPath}`,
    introspection_endpoint: `${issuer}/auth/introspect`,
    revocation_endpoint: `${issuer}/auth/revoke`,
    management_endpoint: `${issuer}/account`,
    token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "private_key_jwt"],
    token_endpoint_auth_signing_alg_values_supported: ["RS384", "ES384"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    scopes_supported: [...identityScopes, "patient/*.cruds", "user/*.cruds", "system/*.cruds"],
    capabilities: smartCapabilities,
  });
  // Whoever wants to know may know.
  return ok({ ...reply, headers: { ...reply.headers, "access-control-allow-origin": "*" } });
}

/** Colours and sizes that applications may take over. Source: SMART App Launch 2.2 §2.0.11.6 (smart_style_url). */
export const smartStyle = {
  color_background: "#f4f6f9",
  color_error: "#b3261e",
  color_highlight: "#1769c2",
  color_modal_backdrop: "#0b2646",
  color_success: "#1b7f4b",
  color_text: "#1c2733",
  dim_border_radius: "6px",
  dim_font_size: "14px",
  dim_spacing_size: "16px",
  font_family_body: "system-ui, sans-serif",
  font_family_heading: "system-ui, sans-serif",
} as const;
