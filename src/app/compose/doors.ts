import type { Access, Context } from "#access";
import { type Clock, failed, incorrect, type Log, ok, type Result, type Route } from "#kernel";
import { isLoopback, startHttpServer, startRedirect } from "#links/http";
import type { ServerTlsFiles } from "#links/tls";
import type { Config } from "../config.ts";
import type { Imaging } from "../imaging/imaging.ts";
import type { Links } from "../links/links.ts";
import type { Metrics } from "../meter.ts";
import { webRoot } from "../web-build/web-app.ts";
import type { AuthorizationPart } from "./authorization.ts";
import { followCertificates } from "./certificates.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface DoorNeeds {
  readonly config: Config;
  readonly access: Access;
  /** Whose pages may call, besides those of the settings. */
  readonly authorization: Pick<AuthorizationPart, "isOriginAllowed">;
  readonly routes: readonly Route<Context>[];
  readonly links: Links;
  readonly imaging: Pick<Imaging, "openDoor" | "reloadCertificates">;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

export interface Addresses {
  /** `http://127.0.0.1:8080` */
  readonly http: string;
  /** `127.0.0.1:2575`; undefined where no link listens. */
  readonly mllp: string | undefined;
  /** `127.0.0.1:11112` */
  readonly dimse: string;
}

/** Opens every door. Closing them, each drains at the same time as the others. Problems: those of each door. */
export async function openDoors(needs: DoorNeeds): Promise<Result<Addresses>> {
  const { links, stack } = needs;
  const closing: (() => Promise<void>)[] = [];
  stack.defer("doors", async () => {
    await Promise.all(closing.map((close) => close()));
  });
  const http = naming("CORRIDOR_HTTP_PORT", await openHttp(needs));
  if (!http.ok) return http;
  closing.push(() => http.value.stop());
  closing.push(() => links.close());
  await followCertificates({ ...needs, doors: [http.value, needs.imaging] });
  const redirect = await openRedirect(needs.config, http.value.address);
  if (!redirect.ok) return redirect;
  closing.push(redirect.value);
  tellOpenDoors(needs);
  const mllp = naming("CORRIDOR_MLLP_PORT", await links.open());
  if (!mllp.ok) return mllp;
  const dimse = naming("CORRIDOR_DIMSE_PORT", await needs.imaging.openDoor());
  if (!dimse.ok) return dimse;
  closing.push(() => dimse.value.stop());
  return ok({ http: http.value.address, mllp: links.address(), dimse: `${needs.config.host}:${dimse.value.port}` });
}

/** A door does not know which settings its address came from; whoever mends it must. */
function naming<T>(portSetting: string, opened: Result<T>): Result<T> {
  if (opened.ok) return opened;
  const [first, ...rest] = opened.problems;
  return failed({ ...first, message: `${first.message} (Settings: CORRIDOR_HOST, ${portSetting}.)` }, ...rest);
}

/** Nothing where no port is set. Returns what closes it. */
async function openRedirect(
  { host, redirectPort: port, publicOrigin }: Config,
  address: string,
): Promise<Result<() => Promise<void>>> {
  if (port === undefined) return ok(async () => {});
  const origin = publicOrigin ?? address;
  if (!origin.startsWith("https:")) return failed(redirectToNowhere);
  const opened = naming("CORRIDOR_REDIRECT_PORT", await startRedirect({ host, port, origin }));
  return opened.ok ? ok(() => opened.value.stop()) : opened;
}

const redirectToNowhere = incorrect(
  "redirect-to-nowhere",
  "CORRIDOR_REDIRECT_PORT needs an encrypted door to lead to: set CORRIDOR_TLS_CERTIFICATE or CORRIDOR_PUBLIC_ORIGIN.",
);

/** On a network, passwords and patients could be read on the way. */
function tellOpenDoors({ config, log }: DoorNeeds): void {
  const { host, tlsCertificate, publicOrigin } = config;
  const isEncrypted = tlsCertificate !== undefined || publicOrigin?.startsWith("https:") === true;
  if (isLoopback(host) || isEncrypted) return;
  log.error("the web door is open to the network without encryption", {
    host,
    advice:
      "set CORRIDOR_TLS_CERTIFICATE and CORRIDOR_TLS_KEY, or CORRIDOR_PUBLIC_ORIGIN to the https address of a proxy",
  });
}

function tlsOf({ tlsCertificate: certificate, tlsKey: key }: Config): Result<ServerTlsFiles | undefined> {
  if (certificate !== undefined && key !== undefined) return ok({ certificate, key });
  return certificate === undefined && key === undefined ? ok(undefined) : failed(halfSet);
}

const halfSet = incorrect("tls-half-set", "CORRIDOR_TLS_CERTIFICATE and CORRIDOR_TLS_KEY go together: set both.");

async function openHttp(needs: DoorNeeds) {
  const { config, access, routes, metrics, clock, log } = needs;
  const tls = tlsOf(config);
  if (!tls.ok) return tls;
  return startHttpServer({
    tls: tls.value,
    proxies: config.trustedProxies,
    requestsPerSecondMax: config.requestsPerSecond,
    host: config.host,
    port: config.httpPort,
    routes,
    contextFor: access.contextFor,
    webRoot,
    publicOrigin: config.publicOrigin,
    corsOrigins: config.corsOrigins,
    isOriginAllowed: needs.authorization.isOriginAllowed,
    log,
    meter: metrics,
    clock,
  });
}
