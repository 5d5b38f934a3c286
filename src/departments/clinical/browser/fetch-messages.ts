import type { z } from "zod";
import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { limits, ok, type Problem, type Result } from "#kernel";
import { type Clause, parseBody, type Version } from "#record";
import type { ReadyMaps } from "#standards/v2-to-fhir";
import type { MessageRow, MessagesPage, MessageView, messagesQuery, WrittenView } from "../api.ts";
import { fetchMissing } from "../chart/fetch-missing.ts";
import type { ResourceMap } from "../chart/resource-map.ts";
import { newestFirst } from "../clauses.ts";
import { mappingDelays } from "../committed/mapping-delay.ts";
import { findByText, type TextSearchNeeds, textCursor } from "../message-text/find-by-text.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import type { PreviewSource } from "../messages/preview.ts";
import { wholeLedger } from "../messages/whole-ledger.ts";
import { messageRetiredCode, readRaw } from "../retention/retired-day.ts";
import { messageRow, reasonView } from "./message-row.ts";
import { messageView } from "./message-view.ts";
import { messagesClauses } from "./messages-clauses.ts";
import type { Books, ReasonText } from "./outcomes.ts";

const messagesDefault = 50;

/** Messages over the links, the last to change first. `look` is the whole record, for a search by text. */
export async function fetchMessages(
  context: Context,
  { look, ...query }: z.infer<typeof messagesQuery> & { readonly look: TextSearchNeeds["look"] },
): Promise<Result<MessagesPage>> {
  const { record, hospitalTime } = context;
  const clauses = messagesClauses(query, hospitalTime);
  if (!clauses.ok) return clauses;
  if (query.text) return fetchByText({ context, look }, { ...query, text: query.text, clauses: clauses.value });
  const after = readCursor(query.cursor, placeInRecord);
  if (!after.ok) return after;
  const position = await record.position();
  const page = await record.search(
    newestFirst({
      kind: linkMessageKind,
      all: clauses.value,
      limit: query.count ?? messagesDefault,
      after: after.value,
    }),
  );
  if (!page.ok) return page;
  const { versions, next } = page.value;
  const messages = await messageRows(context, versions);
  if (!messages.ok) return messages;
  return ok(
    present<MessagesPage>({
      messages: messages.value,
      next: next === undefined ? undefined : writeCursor(next),
      position,
    }),
  );
}

async function fetchByText(
  needs: TextSearchNeeds & { readonly context: Context },
  { text, clauses, count = messagesDefault, cursor }: TextQuery,
): Promise<Result<MessagesPage>> {
  const after = readCursor(cursor, textCursor);
  if (!after.ok) return after;
  const position = await needs.context.record.position();
  const found = await findByText(needs, { text, clauses, count, after: after.value });
  if (!found.ok) return found;
  const { versions, next, lookedBackTo, isBehind } = found.value;
  const messages = await messageRows(needs.context, versions);
  if (!messages.ok) return messages;
  return ok(
    present<MessagesPage>({
      messages: messages.value,
      next: next === undefined ? undefined : writeCursor(next),
      lookedBackTo,
      isBehind,
      position,
    }),
  );
}

/** In lines of the browser, those that are not mapped yet with the reason. */
async function messageRows({ record }: Context, versions: readonly Version[]): Promise<Result<readonly MessageRow[]>> {
  const messages = versions.map((version) => ({ id: version.id, message: parseBody<LinkMessage>(version) }));
  const waiting = messages.filter(({ message: { state } }) => state === "received");
  const delays = await mappingDelays(
    record,
    waiting.map(({ id }) => id),
  );
  if (!delays.ok) return delays;
  return ok(messages.map(({ id, message }) => messageRow(id, message, delays.value.get(id))));
}

interface TextQuery {
  readonly text: string;
  readonly clauses: readonly Clause[];
  readonly count?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface LedgerNeeds {
  /** The sentence for a code of the ledger. */
  readonly reasonText: ReasonText;
  /** The mapping rows of a link as it is set up now; undefined: the usual ones. */
  rowsOf(link: string): ReadyMaps | undefined;
}

/** Everything about one message; it is parsed again from the bytes as received. */
export async function fetchMessage(
  { record, hospitalTime }: Context,
  { id, reasonText, rowsOf }: LedgerNeeds & { readonly id: string },
): Promise<Result<MessageView>> {
  const version = await record.read(linkMessageKind, id);
  if (!version.ok) return version;
  const message = parseBody<LinkMessage>(version.value);
  const [bytes, history, resources, delays] = await Promise.all([
    readRaw(record, message),
    record.history({ kind: linkMessageKind, id, limit: limits.pageSizeDefault }),
    fetchMissing(record, writtenReferences(message)),
    isCommittedFirst(message) ? mappingDelays(record, [id]) : ok(undefined),
  ]);
  if (!bytes.ok && !withheldCodes.includes(bytes.problems[0].code)) return bytes;
  if (!history.ok) return history;
  if (!resources.ok) return resources;
  if (!delays.ok) return delays;
  const versions: readonly Version[] = history.value.versions;
  const known = {
    version: version.value,
    history: versions,
    resources: resources.value,
    delay: delays.value?.get(id) ?? [],
  };
  if (!bytes.ok) {
    const view = messageView({ ...known, bytes: new Uint8Array(), books: { entries: undefined, reasonText } });
    return ok(withoutRaw(view, { problem: bytes.problems[0], known: resources.value }));
  }
  const { offsetMinutesAt } = hospitalTime;
  const source = { raw: bytes.value, rows: rowsOf(message.link), offsetMinutesAt };
  const books = { entries: entriesOf(message, source), reasonText };
  return ok(messageView({ ...known, bytes: bytes.value, books }));
}

/** It was acknowledged before it was mapped, or is to be. */
function isCommittedFirst({ state, mappedAt }: LinkMessage): boolean {
  return state === "received" || mappedAt !== undefined;
}

const contentWithheldCode = "content-withheld";

/** No longer kept, or saying what the reader may not see. */
const withheldCodes: readonly string[] = [messageRetiredCode, "address-restricted", contentWithheldCode];

/** What was received is no longer kept or is withheld: what is known of the message besides is shown, and that is said. */
function withoutRaw(
  view: MessageView,
  { problem, known }: { readonly problem: Problem; readonly known: ResourceMap },
): MessageView {
  const raw = { ...view.raw, lines: [], cut: false, retired: problem.message };
  const isShown = ({ kind, id }: WrittenView) => problem.code !== contentWithheldCode || known.has(`${kind}/${id}`);
  const resources = view.resources.filter(isShown);
  return { ...view, raw, segments: [], resources, remarks: [reasonView(problem)] };
}

/** Undefined for a message that was not mapped, or by a mapping that is no longer in the program. */
function entriesOf(
  { mapping, patientReference, ledger, format }: LinkMessage,
  source: Pick<PreviewSource, "raw" | "rows" | "offsetMinutesAt">,
): Books["entries"] {
  if (mapping === undefined || patientReference === undefined || ledger === undefined) return undefined;
  const whole = wholeLedger({ ...source, format, mapping, patientReference });
  return whole.ok ? whole.value : undefined;
}

function writtenReferences({ resources }: LinkMessage) {
  return resources
    .slice(0, limits.pageSizeMax)
    .filter(({ kind }) => kind !== "Binary")
    .map(({ kind, id }) => ({ reference: `${kind}/${id}` }));
}

export interface RawMessageBytes {
  readonly bytes: Uint8Array;
  readonly message: LinkMessage;
}

/** The bytes exactly as they were received. */
export async function fetchRaw({ record }: Context, id: string): Promise<Result<RawMessageBytes>> {
  const version = await record.read(linkMessageKind, id);
  if (!version.ok) return version;
  const message = parseBody<LinkMessage>(version.value);
  const bytes = await readRaw(record, message);
  return bytes.ok ? ok({ bytes: bytes.value, message }) : bytes;
}
