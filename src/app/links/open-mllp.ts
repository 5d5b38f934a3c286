import { type IntakeSettings, keepFragment, type LinkSettings } from "#departments/clinical";
import { limits, ok, type Result } from "#kernel";
import {
  byProtocol,
  type Receive,
  type SequenceBook,
  startMllpListener,
  type TakeMessage,
  type Taken,
} from "#links/mllp";
import type { AckTerms } from "#standards/hl7v2";
import { keepBatchEnvelope } from "./batch-envelope.ts";
import type { IntakeNeeds, OpenIntake } from "./intake.ts";
import { contextFor, refusal, taker } from "./receiver.ts";

type Mllp = Extract<IntakeSettings, { readonly by: "mllp" }>;

/** Opens an MLLP door for a link. Problems: those of `startMllpListener`. */
export async function openMllp(
  { port, host: ownHost, tls, allow, connectionsMax = limits.mllpConnectionsMax }: Mllp,
  settings: () => LinkSettings,
  needs: IntakeNeeds,
): Promise<Result<OpenIntake>> {
  const { log, meter, statusChanged } = needs;
  const host = ownHost ?? needs.host;
  const opened = await startMllpListener({
    host,
    port,
    name: settings().name,
    receive: receiveByProtocol(settings, needs),
    refuse: async (refused) => refusal(refused, needs),
    ...(tls === undefined ? {} : { tls }),
    allow,
    connectionsMax,
    log,
    meter,
    connectionsChanged: statusChanged,
  });
  if (!opened.ok) return opened;
  const listener = opened.value;
  const address = `${host}:${listener.port}`;
  return ok({
    address,
    port: listener.port,
    status: () => ({
      isFailing: false,
      text: `listening on ${address}${tls === undefined ? "" : " with TLS"}`,
      connections: listener.connections().length,
      connectionsMax,
    }),
    reload: () => listener.reloadCertificates(),
    close: () => listener.stop(),
  });
}

/** By the link's way of acknowledging as it is when a message comes; a new one begins without what the old one waited for. */
function receiveByProtocol(settings: () => LinkSettings, needs: IntakeNeeds): Receive {
  const take = takeByMllp(settings, needs);
  let agreed: LinkSettings["acknowledge"] | undefined;
  let receive: Receive | undefined;
  return (message, connection) => {
    const { name, acknowledge } = settings();
    const { mode, sequence } = acknowledge;
    if (receive === undefined || mode !== agreed?.mode || sequence !== agreed.sequence) {
      agreed = acknowledge;
      const book = sequence ? { sequence: sequenceBook(name, needs) } : {};
      receive = byProtocol({ take, mode, ...book, continuation: true, ...needs });
    }
    return receive(message, connection);
  };
}

/** Whatever is durable has no problem here: what the record thinks of it is in the application acknowledgement. */
function takeByMllp(settings: () => LinkSettings, needs: IntakeNeeds): TakeMessage {
  const take = taker(settings, needs);
  return async (message, { connection, terms, fragment, joined, batch }) => {
    if (batch?.number === 1) await keepBatchEnvelope(batch, connection, { link: settings().name, needs });
    const part = fragment
      ? { bytes: message, ...fragment }
      : joined && { bytes: joined.last, number: joined.fragments };
    if (part !== undefined) await keepPart(part, { settings, needs, connection });
    if (fragment !== undefined) return { problems: [] };
    if (isCommittedFirst(settings(), terms)) return commit(message, { settings, needs, connection, terms });
    const { application } = await take(message, connection);
    return { problems: [], application };
  };
}

/** A sender that asks for a commit is told of the commit; what is only passed on is routed in it. */
function isCommittedFirst({ record }: LinkSettings, { mode, commit }: AckTerms): boolean {
  return mode === "enhanced" && commit !== "NE" && record !== false;
}

async function commit(
  message: Uint8Array,
  { settings, needs, connection, terms }: Keeping & { readonly terms: AckTerms },
): Promise<Taken> {
  const kept = await needs.committed.keep(message, settings().name, connection);
  if (!kept.ok) {
    const { code, cause } = kept.problems[0];
    throw new Error(`the message could not be kept: ${code}`, { cause });
  }
  return terms.application === "NE" ? { problems: [] } : { problems: [], application: kept.value.application() };
}

interface Part {
  readonly bytes: Uint8Array;
  readonly number: number;
}

interface Keeping {
  readonly settings: () => LinkSettings;
  readonly needs: IntakeNeeds;
  readonly connection: { readonly id: string; readonly remoteAddress: string };
}

async function keepPart({ bytes, number }: Part, { settings, needs, connection }: Keeping): Promise<void> {
  const { name } = settings();
  const { context, witness } = contextFor(name, connection, needs);
  const kept = await keepFragment(bytes, { context, link: name, connection: connection.id, number });
  const settled = kept.ok ? await witness() : kept;
  if (settled.ok) return;
  const { code, cause } = settled.problems[0];
  throw new Error(`the fragment could not be recorded: ${code}`, { cause });
}

/** Numbers begin with 1, so 0 is none. */
function sequenceBook(link: string, { cursors }: Pick<IntakeNeeds, "cursors">): SequenceBook {
  const worker = `sequence of link ${link}`;
  return {
    last: async () => (await cursors.get(worker)) || undefined,
    keep: (last) => cursors.set(worker, last ?? 0),
  };
}
