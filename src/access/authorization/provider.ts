import { type KoaContextWithOIDC, Provider } from "oidc-provider";
import { failed, type HttpReply, limits, ok, type Result, unavailable } from "#kernel";
import { opens } from "../identity/secret.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { type AskedOfProvider, answered, type NodeHandler } from "./captured-exchange.ts";
import { readGivenAccess } from "./grant-adapter.ts";
import { providerConfiguration } from "./provider-configuration.ts";
import { currentKeys } from "./signing-keys.ts";
import { noteTokenAnswer } from "./token-notes.ts";
import { userInfoPath } from "./user-info-path.ts";

interface Held {
  readonly provider: Provider;
  readonly handler: NodeHandler;
  readonly untilMs: number;
}

/**
 * The OpenID Connect provider, made anew when its keys have changed. It is there once it is told under which address Corridor
 * is reached.
 */
export class ProviderHolder {
  readonly #needs: AuthorizationNeeds;
  #origin: string | undefined;
  #held: Held | undefined;
  #kids = "";

  constructor(needs: AuthorizationNeeds) {
    this.#needs = needs;
  }

  start(origin: string): void {
    this.#origin = origin;
  }

  /** `https://corridor.example/fhir`: what tokens are for. Undefined until the start. */
  get resource(): string | undefined {
    return this.#origin === undefined ? undefined : `${this.#origin}/fhir`;
  }

  get issuer(): string | undefined {
    return this.#origin;
  }

  /** Other keys count from the next request on. */
  forgetKeys(): void {
    this.#held = undefined;
  }

  /** Problems: unavailable. */
  async current(): Promise<Result<Provider>> {
    const held = await this.#hold();
    return held.ok ? ok(held.value.provider) : held;
  }

  /** Problems: unavailable. */
  async answer(asked: AskedOfProvider): Promise<Result<HttpReply>> {
    const held = await this.#hold();
    return held.ok ? ok(await answered(held.value.handler, asked)) : held;
  }

  async #hold(): Promise<Result<Held>> {
    const now = this.#needs.clock.now();
    if (this.#held !== undefined && now < this.#held.untilMs) return ok(this.#held);
    const { resource } = this;
    if (this.#origin === undefined || resource === undefined) return failed(notStarted);
    const keys = await currentKeys(this.#needs);
    if (!keys.ok) return keys;
    const kids = keys.value.map(({ kid }) => kid).join(" ");
    const untilMs = now + limits.signingKeysHeldMs;
    if (this.#held !== undefined && kids === this.#kids) {
      this.#held = { ...this.#held, untilMs };
      return ok(this.#held);
    }
    const provider = new Provider(this.#origin, providerConfiguration(this.#needs, { keys: keys.value, resource }));
    prepare(this.#needs, provider);
    this.#kids = kids;
    this.#held = { provider, handler: provider.callback() as NodeHandler, untilMs };
    return ok(this.#held);
  }
}

const notStarted = unavailable("not-started", "Corridor is starting; try again in a moment.");

function prepare(needs: AuthorizationNeeds, provider: Provider): void {
  // The record keeps hashes of secrets alone.
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { readonly clientSecret?: string }, given: string) {
      return opens(given, this.clientSecret ?? "");
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    if (oidc?.route === "discovery") addUserInfo(ctx.body as Record<string, unknown>);
    if (oidc?.route === "token" || oidc?.route === "introspection")
      await completeAnswer(needs, ctx as KoaContextWithOIDC);
  });
}

/** The door is Corridor's own (see `userInfoRoutes`), so the provider does not name it. */
function addUserInfo(discovered: Record<string, unknown>): void {
  discovered.userinfo_endpoint = `${discovered.issuer}${userInfoPath}`;
}

/** What SMART adds to the answers of the provider; and the note of who was given what, before it is answered. */
async function completeAnswer(needs: AuthorizationNeeds, ctx: KoaContextWithOIDC): Promise<void> {
  const body = ctx.body as Record<string, unknown>;
  const { entities, route } = ctx.oidc;
  const id = entities.AccessToken?.grantId ?? entities.RefreshToken?.grantId;
  const given = id === undefined ? ok(undefined) : await readGivenAccess(needs, id);
  if (!given.ok) throw new Error(given.problems[0].message);
  if (given.value !== undefined && (ctx.status === 200 || body.active === true)) {
    const { patient, encounter, identityScopes } = given.value;
    const scope = [identityScopes, body.scope].filter((text) => text !== "" && text !== undefined).join(" ");
    const launched = { ...(patient && { patient }), ...(encounter && { encounter }) };
    Object.assign(body, { scope, ...launched });
    if (route === "token") Object.assign(body, shownWith(ctx, given.value));
  }
  if (route === "token") await noteTokenAnswer(needs, { ctx, body });
}

/** Source: SMART App Launch 2.2 §2.0.11.1 (launch context that comes with the token). */
function shownWith(
  ctx: KoaContextWithOIDC,
  {
    patient,
    encounter,
    needPatientBanner,
  }: {
    readonly patient?: string | undefined;
    readonly encounter?: string | undefined;
    readonly needPatientBanner?: boolean | undefined;
  },
) {
  return {
    ...(patient === undefined ? {} : { need_patient_banner: needPatientBanner ?? true }),
    ...(encounter === undefined ? {} : { fhirContext: [{ reference: `Encounter/${encounter}` }] }),
    smart_style_url: `${ctx.origin}/smart-style.json`,
  };
}
