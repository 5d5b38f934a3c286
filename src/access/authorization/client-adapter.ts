import type { Adapter, AllClientMetadata } from "oidc-provider";
import { failed, ok, type Result } from "#kernel";
import { storedBy } from "../identity/document-schema.ts";
import { applicationKind, applicationSchema, type StoredApplication } from "./application.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";

/** The provider's clients are the applications that are approved. */
export function clientAdapter(needs: AuthorizationNeeds): Adapter {
  return {
    async find(id) {
      const application = await readApplication(needs, id);
      if (!application.ok) throw new Error(application.problems[0].message);
      return application.value?.state === "approved" ? clientOf(application.value) : undefined;
    },
    upsert: async () => undefined,
    consume: async () => undefined,
    destroy: async () => undefined,
    revokeByGrantId: async () => undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  };
}

/** Undefined where there is none. */
export async function readApplication(
  { record }: Pick<AuthorizationNeeds, "record">,
  id: string,
): Promise<Result<StoredApplication | undefined>> {
  const read = await record.readMany([{ kind: applicationKind.kind, id }]);
  if (!read.ok) return failed(...read.problems);
  const [version] = read.value;
  return ok(version && storedBy(applicationSchema, version));
}

/** Source: RFC 7591 §2 (client metadata); SMART App Launch 2.2 §2.0.5 (registering an application). */
function clientOf(application: StoredApplication): AllClientMetadata {
  const { type, redirectUris } = application;
  const isBackend = type === "backend";
  return {
    client_id: application.id,
    client_name: application.name,
    application_type: redirectUris.some(isOfDevice) ? "native" : "web",
    redirect_uris: isBackend ? [] : redirectUris,
    response_types: isBackend ? [] : ["code"],
    grant_types: isBackend ? ["client_credentials"] : ["authorization_code", "refresh_token"],
    id_token_signed_response_alg: "RS256",
    ...proofOf(application),
  };
}

/** An address with a scheme of its own leads to an application on the device. Source: RFC 8252 §7.1. */
function isOfDevice(address: string): boolean {
  return !/^https?:/.test(address);
}

function proofOf({ type, jwks, jwksUri, secretHash }: StoredApplication): AllClientMetadata {
  if (type === "public") return { token_endpoint_auth_method: "none" };
  if (jwksUri !== undefined) return { token_endpoint_auth_method: "private_key_jwt", jwks_uri: jwksUri };
  if (jwks !== undefined) return { token_endpoint_auth_method: "private_key_jwt", jwks };
  return { token_endpoint_auth_method: "client_secret_basic", client_secret: secretHash ?? "" };
}
