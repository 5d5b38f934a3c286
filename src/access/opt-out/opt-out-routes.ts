import { auditEntry } from "#audit";
import { type Clock, type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import type { HealthRecord, Position } from "#record";
import type { Actor } from "../actor.ts";
import type { OptOutView } from "../api.ts";
import type { Context } from "../context.ts";
import { agentOf } from "../narrow/witness.ts";
import { writeDat } from "./dat-file.ts";
import { nhsNumbersOf, patientsAfter } from "./excluded-patients.ts";
import type { OptOutCheck } from "./opt-out-check.ts";

export interface OptOutDesk {
  /** The whole record. */
  readonly record: HealthRecord;
  readonly clock: Clock;
  readonly check: OptOutCheck;
}

/** The NHS numbers of all patients as a request file, noted in the log. Problems: of reading and of the log. */
export async function optOutRequest({ record, clock }: OptOutDesk, by: Actor): Promise<Result<string>> {
  const numbers = new Set<string>();
  for (let after: Position | undefined; ; ) {
    const page = await patientsAfter(record, after);
    if (!page.ok) return page;
    for (const version of page.value.versions) for (const number of nhsNumbersOf(version)) numbers.add(number);
    after = page.value.next?.position;
    if (after === undefined) break;
  }
  const noted = await note({ record, clock }, by, `opt-out request: ${numbers.size} NHS numbers`);
  return noted.ok ? ok(writeDat([...numbers].sort())) : noted;
}

/** Takes in the reply, noted in the log without anybody's number. Problems: those of `OptOutCheck.accept`. */
export async function optOutReply(desk: OptOutDesk, text: string, by: Actor): Promise<Result<OptOutView>> {
  const accepted = await desk.check.accept(text);
  if (!accepted.ok) return accepted;
  const { checked, expires, count } = accepted.value;
  const noted = await note(desk, by, `opt-out reply: ${count} NHS numbers may be used until ${expires}`);
  return noted.ok ? ok({ isFresh: true, checked, expires, count }) : noted;
}

function note({ record, clock }: Pick<OptOutDesk, "record" | "clock">, by: Actor, query: string) {
  const agent = agentOf(by);
  const entry = auditEntry({ at: clock.now(), act: "export", agent, outcome: 0, patients: [], entities: [], query });
  return record.transact({ operations: [], audit: [entry] });
}

export function optOutRoutes(desk: OptOutDesk): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/access/opt-outs",
      policy: "governance.work",
      summary: "Whether there is a recent answer on who has opted out of research and planning",
      handle: async () => {
        const fresh = await desk.check.fresh();
        if (!fresh.ok) return fresh.problems[0].code === "opt-out-check-needed" ? ok(jsonReply(noView)) : fresh;
        const { checked, expires, count } = fresh.value;
        return ok(jsonReply({ isFresh: true, checked, expires, count } satisfies OptOutView));
      },
    },
    {
      method: "POST",
      path: "/api/access/opt-outs/request",
      policy: "governance.work",
      summary: "A file of all NHS numbers, to be checked by the national service over MESH",
      handle: async (_request, { actor }) => {
        const text = await optOutRequest(desk, actor);
        return text.ok ? ok(datReply(text.value)) : text;
      },
    },
    {
      method: "POST",
      path: "/api/access/opt-outs/reply",
      policy: "governance.work",
      summary: "Take in the reply of the national service: the NHS numbers of those who have not opted out",
      handle: (request, { actor }) => handleReply(desk, request, actor),
    },
  ];
}

const noView: OptOutView = { isFresh: false };

function datReply(body: string): HttpReply {
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": 'attachment; filename="opt-out-request.dat"',
    "cache-control": "no-store",
  };
  return { status: 200, headers, body };
}

async function handleReply(desk: OptOutDesk, { body }: HttpRequest, actor: Actor): Promise<Result<HttpReply>> {
  const done = await optOutReply(desk, Buffer.from(body).toString("utf8"), actor);
  return done.ok ? ok(jsonReply(done.value)) : done;
}
