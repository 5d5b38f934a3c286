/** People of a program that has just been started for the first time, each with the password of these tests. */
import assert from "node:assert/strict";
import { setTimeout as passed } from "node:timers/promises";
import type { Json } from "#kernel";
import type { RunningProgram } from "../program.ts";

export const password = "seven quiet owls at noon";

export interface NewPerson {
  readonly username: string;
  readonly display: string;
  readonly role: string;
}

/** The first administrator, whose link the program tells, adds them. */
export async function addPeople(program: RunningProgram, http: string, people: readonly NewPerson[]): Promise<void> {
  const link = () => /\/set-password#(\S+)/.exec(program.errorText())?.[1];
  while (link() === undefined) await passed(10);
  const cookie = cookieOf(await asked(http, "/api/access/password", { link: link() ?? "", newPassword: password }));
  for (const { username, display, role } of people) {
    const added = await asked(http, "/api/access/users", { username, display, roles: [role] }, cookie);
    const { link: own } = (await added.json()) as { readonly link: string };
    await asked(http, "/api/access/password", { link: own.split("#")[1] ?? "", newPassword: password });
  }
}

async function asked(http: string, path: string, body: Json, cookie = ""): Promise<Response> {
  const headers = { "x-corridor": "1", "content-type": "application/json", cookie };
  const reply = await fetch(`${http}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(reply.ok, `${path}: ${reply.status}`);
  return reply;
}

function cookieOf(reply: Response): string {
  return reply.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
}
