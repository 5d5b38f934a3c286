import { conflict, failed, type HospitalTime, incorrect, limits, ok, type Result } from "#kernel";
import { type Clause, type Cursor, type HealthRecord, parseBody } from "#record";
import type { MessageChoice } from "../api/replays.ts";
import { messagesClauses } from "../browser/messages-clauses.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";

export interface Choosing {
  readonly choice: MessageChoice;
  /** An instant: what arrived later is not chosen. */
  readonly until: string;
  readonly hospitalTime: HospitalTime;
}

/**
 * The ids of the messages that are chosen, in the order in which they arrived. Problems: incorrect `time-incorrect`; conflict
 * `too-many-messages`, `no-message`; those of the record.
 */
export async function chooseMessages(
  record: HealthRecord,
  { choice, until, hospitalTime }: Choosing,
): Promise<Result<readonly string[]>> {
  const clauses = clausesOf(choice, hospitalTime);
  if (!clauses.ok) return clauses;
  const before: Clause = { is: "date", parameter: "arrived", any: [{ fromMaxMs: Date.parse(until) }] };
  const chosen = new Set<string>();
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: linkMessageKind,
      all: [...clauses.value, before],
      sort: { by: { date: "arrived", isSingle: true }, descending: false },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      if (isFrom(parseBody<LinkMessage>(version), choice.sender)) chosen.add(version.id);
    }
    if (chosen.size > limits.replayMessagesMax) return failed(tooMany);
    after = page.value.next;
  } while (after !== undefined);
  return chosen.size === 0 ? failed(noMessage) : ok([...chosen]);
}

/** Whether a choice can be asked for at all. Problems: incorrect `time-incorrect`, where `choice.from` or `choice.to`. */
export function clausesOf(choice: MessageChoice, time: HospitalTime): Result<readonly Clause[]> {
  const { sender: _, ...query } = choice;
  const clauses = messagesClauses(query, time);
  if (clauses.ok) return clauses;
  const [{ code, message, where }] = clauses.problems;
  return failed(incorrect(code, message, { where: `choice.${where?.slice(1)}` }));
}

/** The sender is not among what messages are found by: few are chosen by it, and those are read anyway. */
function isFrom({ sender }: Pick<LinkMessage, "sender">, wanted: string | undefined): boolean {
  return wanted === undefined || sender.application === wanted || sender.facility === wanted;
}

const tooMany = conflict(
  "too-many-messages",
  `More than ${limits.replayMessagesMax} messages are chosen: choose a shorter span, or fewer links or types.`,
);
const noMessage = conflict("no-message", "No message is chosen: nothing arrived that is like this.");
