import { type Envelope, keepEnvelope, type LinkSettings } from "#departments/clinical";
import { type Failed, incorrect, type Problem } from "#kernel";
import {
  type Interchange,
  type InterchangeHeader,
  interchangeStatus,
  type MessageVerdict,
  messageExcerpts,
  nhsack,
  readInterchange,
  readNhsack,
} from "#standards/edifact";
import { contextFor, type Origin, type ReceiverNeeds, type TakenMessage } from "./receiver.ts";

export interface TakingInterchange {
  readonly settings: () => LinkSettings;
  readonly needs: ReceiverNeeds;
  /** Takes one message of it, in an interchange of its own. */
  take(message: Uint8Array, origin: Origin): Promise<TakenMessage>;
}

/**
 * Takes an interchange of EDIFACT: each message by itself, in order, then the whole as it came. Settles when all is durable,
 * with the NHSACK; undefined where everything was accepted and UNB-9 asks for none. What is wrong with its envelope refuses
 * all of it (IRI). A rejection means that nothing may be acknowledged: the sender sends again, and what is recorded already
 * is answered as before.
 */
export async function takeInterchange(
  bytes: Uint8Array,
  origin: Origin,
  taking: TakingInterchange,
): Promise<Uint8Array | undefined> {
  const read = readInterchange(bytes);
  const { header, messages } = read;
  const problems = faultsOf(read);
  const verdicts = problems.length > 0 ? [] : await verdictsOn(bytes, origin, taking);
  const answer = answerTo(header ?? nobody, { problems, messages: verdicts, needs: taking.needs });
  const facts = factsOf(header);
  const first = await keep(
    { bytes, charset: "EDIFACT", facts, count: messages.length, problems, answer },
    origin,
    taking,
  );
  const isAccepted = interchangeStatus({ problems, messages: verdicts }) === "IAF";
  const isQuiet = header?.isAcknowledgementWanted === false && isAccepted;
  return first === undefined || isQuiet ? undefined : Buffer.from(first, "latin1");
}

/** What is answered where an interchange does not say who has sent it, or has no number: it is refused all the same. */
const nobody: InterchangeHeader = {
  sender: { id: "UNKNOWN", qualifier: undefined },
  recipient: { id: "UNKNOWN", qualifier: undefined },
  date: undefined,
  time: undefined,
  controlReference: "UNKNOWN",
  application: undefined,
  isAcknowledgementWanted: true,
  isTest: false,
};

function factsOf(header: InterchangeHeader | undefined): Envelope["facts"] {
  const common = { format: "edifact", type: "EDIFACT" } as const;
  if (header === undefined) return { ...common, sender: {}, receiver: {} };
  const { sender, recipient, controlReference: controlId } = header;
  return { ...common, controlId, sender: { application: sender.id }, receiver: { application: recipient.id } };
}

/** Settles with the answer that it was given the first time. */
async function keep(envelope: Envelope, origin: Origin, { settings, needs }: TakingInterchange) {
  const { name: link } = settings();
  const { context, witness } = contextFor(link, origin, needs);
  const kept = await keepEnvelope(envelope, { context, link, connection: origin.id });
  const witnessed = await witness();
  if (kept.ok && witnessed.ok) return kept.value;
  const { code, cause } = (kept.ok ? (witnessed as Failed) : kept).problems[0];
  throw new Error(`the interchange could not be recorded: ${code}`, { cause });
}

/** Groups of messages are read as if they were not grouped; all else may mean that something is lost. */
function faultsOf({ header, messages, problems }: Interchange): readonly Problem[] {
  const faults = problems.filter(({ code }) => code !== "group-unsupported");
  if (faults.length > 0 || (header !== undefined && messages.length > 0)) return faults;
  return [incorrect("interchange-empty", "There is no message in the interchange.", { where: "UNB" })];
}

async function verdictsOn(
  bytes: Uint8Array,
  origin: Origin,
  { take }: TakingInterchange,
): Promise<readonly MessageVerdict[]> {
  const verdicts: MessageVerdict[] = [];
  for (const [at, excerpt] of messageExcerpts(bytes).entries()) {
    const taken = await take(excerpt, { ...origin, id: `${origin.id}/${at + 1}` });
    const [verdict] = readNhsack(await taken.application)?.messages ?? [];
    const { reference = "", isAccepted = true, reason = "The message was refused." } = verdict ?? {};
    verdicts.push({ reference, problems: isAccepted ? [] : [incorrect("message-refused", reason)] });
  }
  return verdicts;
}

interface Answering {
  readonly problems: readonly Problem[];
  readonly messages: readonly MessageVerdict[];
  readonly needs: Pick<ReceiverNeeds, "clock" | "ids" | "hospitalTime">;
}

/** UNB-5 has 14 characters. Source: ISO 9735, data element 0020. */
const controlReferenceCharacters = 14;

function answerTo(header: InterchangeHeader, { problems, messages, needs }: Answering): string {
  const { clock, ids, hospitalTime } = needs;
  const { date, clock: time } = hospitalTime.local(clock.now());
  return nhsack({
    header,
    problems,
    messages,
    controlReference: ids.next().replaceAll("-", "").slice(-controlReferenceCharacters).toUpperCase(),
    answeredAt: `${date}${time}`.replace(/\D/g, ""),
  });
}
