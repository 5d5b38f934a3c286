import type { Context } from "#access";
import { busy, conflict, failed, type HospitalTime, incorrect, limits, ok, type Result } from "#kernel";
import { type Clause, type Cursor, type HealthRecord, parseBody } from "#record";
import type { MessageChoice } from "../api/replays.ts";
import { messagesClauses } from "../browser/messages-clauses.ts";
import { findByText, type TextCursor, type TextSearchNeeds } from "../message-text/find-by-text.ts";
import { askedWords } from "../message-text/message-words.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";

export interface Choosing {
  /** The whole record, to search messages by their text. */
  readonly look: TextSearchNeeds["look"];
  readonly choice: MessageChoice;
  /** An instant: what arrived later is not chosen. */
  readonly until: string;
  readonly hospitalTime: HospitalTime;
}

/**
 * The ids of the messages that are chosen, in the order in which they arrived. Problems: incorrect `time-incorrect`,
 * `text-too-short`; conflict `too-many-messages`, `no-message`; busy `text-not-filed`; those of the record.
 */
export async function chooseMessages(
  { record, clock }: Pick<Context, "record" | "clock">,
  { look, choice, until, hospitalTime }: Choosing,
): Promise<Result<readonly string[]>> {
  const clauses = clausesOf(choice, hospitalTime);
  if (!clauses.ok) return clauses;
  const before: Clause = { is: "date", parameter: "arrived", any: [{ fromMaxMs: Date.parse(until) }] };
  const all = [...clauses.value, before];
  const { text, sender } = choice;
  const chosen =
    text === undefined
      ? await chosenByClauses(record, { all, sender })
      : await chosenByText({ look, context: { record, clock } }, { all, sender, text });
  return chosen.ok && chosen.value.length === 0 ? failed(noMessage) : chosen;
}

interface Chosen {
  readonly all: readonly Clause[];
  readonly sender: string | undefined;
}

async function chosenByClauses(record: HealthRecord, { all, sender }: Chosen): Promise<Result<readonly string[]>> {
  const chosen = new Set<string>();
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: linkMessageKind,
      all,
      sort: { by: { date: "arrived", isSingle: true }, descending: false },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      if (isFrom(parseBody<LinkMessage>(version), sender)) chosen.add(version.id);
    }
    if (chosen.size > limits.replayMessagesMax) return failed(tooMany);
    after = page.value.next;
  } while (after !== undefined);
  return ok([...chosen]);
}

/** One search after the other, until all was looked at: a replay leaves nothing out for want of time. */
async function chosenByText(
  needs: TextSearchNeeds,
  { all, sender, text }: Chosen & { readonly text: string },
): Promise<Result<readonly string[]>> {
  const arrived = new Map<string, string>();
  let after: TextCursor | undefined;
  do {
    const found = await findByText(needs, { text, clauses: all, count: limits.pageSizeMax, after });
    if (!found.ok) return found;
    if (found.value.isBehind) return failed(notFiled);
    for (const version of found.value.versions) {
      const message = parseBody<LinkMessage>(version);
      if (isFrom(message, sender)) arrived.set(version.id, message.arrivedAt);
    }
    if (arrived.size > limits.replayMessagesMax) return failed(tooMany);
    after = found.value.next;
  } while (after !== undefined);
  const inOrder = [...arrived].sort(([a, at], [b, bt]) => (at === bt ? (a < b ? -1 : 1) : at < bt ? -1 : 1));
  return ok(inOrder.map(([id]) => id));
}

/** They are filed within seconds, and the replay is tried again. */
const notFiled = busy("text-not-filed", "Not all messages that came lately can be found by their words yet.");

/** Whether a choice can be asked for at all. Problems: incorrect `time-incorrect`, `text-too-short`, where `choice.from` or the like. */
export function clausesOf(choice: MessageChoice, time: HospitalTime): Result<readonly Clause[]> {
  const { sender: _, text: _text, ...query } = choice;
  if (choice.text !== undefined && askedWords(choice.text).length === 0) return failed(tooShort);
  const clauses = messagesClauses(query, time);
  if (clauses.ok) return clauses;
  const [{ code, message, where }] = clauses.problems;
  return failed(incorrect(code, message, { where: `choice.${where?.slice(1)}` }));
}

const tooShort = incorrect("text-too-short", "Give a word, or how one begins: two letters or digits at least.", {
  where: "choice.text",
});

/** The sender is not among what messages are found by: few are chosen by it, and those are read anyway. */
function isFrom({ sender }: Pick<LinkMessage, "sender">, wanted: string | undefined): boolean {
  return wanted === undefined || sender.application === wanted || sender.facility === wanted;
}

const tooMany = conflict(
  "too-many-messages",
  `More than ${limits.replayMessagesMax} messages are chosen: choose a shorter span, or fewer links or types.`,
);
const noMessage = conflict("no-message", "No message is chosen: nothing arrived that is like this.");
