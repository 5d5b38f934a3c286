import { type Context, openText, type SealKey, sealText } from "#access";
import { type NamedNode, NodeDirectory, nodeRoutes } from "#departments/clinical";
import type { EchoView } from "#departments/clinical/api";
import { type Clock, failed, incorrect, ok, type Result, type Route } from "#kernel";
import { echoStow, type StowPlace } from "#links/stow";
import type { HealthRecord } from "#record";
import { type Association, type DimseClient, type NodeTls, type ProposedService, statusKind } from "#standards/dimse";

export interface CallingNeeds {
  readonly client: DimseClient;
  readonly ownAeTitle: string;
  /** What Corridor shows to nodes that want TLS, and whom it believes. */
  readonly tls: NodeTls;
  /** Seals secrets of nodes. */
  readonly sealKey: SealKey;
}

export interface NodesNeeds extends CallingNeeds {
  /** The whole record: nodes are looked up all the time, and tell nothing of patients. */
  readonly record: HealthRecord;
  readonly clock: Clock;
}

export interface Nodes {
  /** What is known of them, for whoever admits or calls one. */
  readonly directory: NodeDirectory;
  readonly routes: readonly Route<Context>[];
}

/** The DICOM nodes that Corridor speaks with. */
export function openNodes(needs: NodesNeeds): Nodes {
  const directory = new NodeDirectory(needs.record, needs.clock);
  const { ownAeTitle } = needs;
  const seal = (node: string, secret: string) => sealText(secret, sealingOf(needs, node));
  return { directory, routes: nodeRoutes({ directory, ownAeTitle, seal, echo: (node) => echoOf(needs, node) }) };
}

function sealingOf({ sealKey: key }: CallingNeeds, node: string): { readonly key: SealKey; readonly purpose: string } {
  return { key, purpose: `node-${node}` };
}

/** Where a node with a web address takes images, with its secret opened. */
export function stowPlace(needs: CallingNeeds, { id, aeTitle, web }: NamedNode): StowPlace {
  const secret = web?.sealed === undefined ? undefined : openText(web.sealed, sealingOf(needs, id));
  const place = { url: web?.url ?? "", name: aeTitle };
  if (secret === undefined) return place;
  if (web?.user === undefined) return { ...place, authorization: `Bearer ${secret}` };
  return { ...place, authorization: `Basic ${Buffer.from(`${web.user}:${secret}`).toString("base64")}` };
}

/** Problems: incorrect `node-not-called` for one without a host; those of the client. */
export async function callNode(
  { client, ownAeTitle, tls }: CallingNeeds,
  node: NamedNode,
  contexts: readonly ProposedService[],
): Promise<Result<Association>> {
  const { host, port, aeTitle: calledAe } = node;
  if (host === undefined || port === undefined) return failed(notCalled);
  return client.open({ host, port, callingAe: ownAeTitle, calledAe, contexts, ...(node.tls ? { tls } : {}) });
}

const notCalled = incorrect("node-not-called", "The node has no host and port: it asks, and is never asked.");

/** Source: PS3.4 §A.4. */
const verificationClass = "1.2.840.10008.1.1";

async function echoOf(needs: NodesNeeds, node: NamedNode): Promise<Result<EchoView>> {
  const startedMs = needs.clock.now();
  if (node.web !== undefined) {
    const answered = await echoStow(stowPlace(needs, node));
    const tookMs = needs.clock.now() - startedMs;
    return ok(
      answered.ok ? { answered: true, tookMs } : { answered: false, tookMs, reason: answered.problems[0].message },
    );
  }
  const opened = await callNode(needs, node, [{ sopClass: verificationClass }]);
  const echoed = opened.ok ? await opened.value.echo() : opened;
  const tookMs = needs.clock.now() - startedMs;
  if (opened.ok) await opened.value.release();
  if (!echoed.ok) return ok({ answered: false, tookMs, reason: echoed.problems[0].message });
  const { code, comment } = echoed.value;
  if (statusKind(code) === "success") return ok({ answered: true, tookMs });
  return ok({ answered: false, tookMs, reason: comment ?? `The node answered with status ${code.toString(16)}H.` });
}
