import type { HttpRequest, JsonObject, Result } from "#kernel";
import type { Blob } from "../blobs/blob.ts";
import { readForm } from "./media-type.ts";
import { type Patch, readPatch } from "./patch.ts";
import { type Preferences, readPreferences } from "./preferences.ts";
import { readResource } from "./resource-body.ts";

/** One thing asked of the FHIR door, by a request or by an entry of a Bundle. */
export interface Asked {
  /** `type`, `id` and `version`, as far as the address has them. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** In lower case; of a Bundle entry, the conditions it carries in their place. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** `https://example.org/fhir` */
  readonly base: string;
  readonly prefer: Preferences;
  /** The resource that was sent; read when it is asked for. Problems: of the body. */
  resource(): Result<JsonObject>;
  /** The patch that was sent. Problems: those of `readPatch`, or of `entryPatch`. */
  patch(): Result<Patch>;
  /** The parameters of a form that was sent. Problems: `media-type-not-supported`. */
  form(): Result<URLSearchParams>;
  /** The body as it came; empty in an entry of a Bundle. */
  readonly bytes: Uint8Array;
  /** Of a request that is answered later: aborted when the caller has given it up. */
  readonly stop?: AbortSignal;
  /** Content that the resource names by its hash. */
  readonly blob?: Blob;
}

export function askedOf(request: HttpRequest): Asked {
  return {
    params: request.params,
    query: request.query,
    headers: request.headers,
    base: `${request.origin}/fhir`,
    prefer: readPreferences(request.headers.prefer),
    resource: () => readResource(request),
    patch: () => readPatch(request),
    form: () => readForm(request),
    bytes: request.body,
  };
}
