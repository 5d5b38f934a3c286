import type { Access, Actor, AddedUser } from "#access";
import { failed, incorrect, ok, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { openIdentity, thisAccount } from "../compose/identity.ts";
import type { Config } from "../config.ts";
import type { Command, Invocation } from "./command.ts";
import { oneWord, withSettings } from "./settings.ts";

export const user: Command = {
  help: `corridor user add NAME --display "Dr Ingrid Lindqvist" --role ROLE [--role ROLE …]
corridor user list [--find TEXT]
corridor user reset NAME
corridor user reset-factors NAME --reason "New telephone, seen in person"
corridor user roles NAME ROLE …

add and reset print a one-time link by which the user sets a password; reset also opens a locked account.
reset-factors takes away the second factors of somebody who lost them; they sign in by their password then.
roles replaces the roles that a user has. docs/roles.md says what each role may do.
With --json the answer is JSON. Every change is in the audit log, under the account that ran the command.`,
  options: {
    display: { type: "string" },
    role: { type: "string", multiple: true },
    find: { type: "string" },
    reason: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 32,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const work = workOf(invocation, given.config);
      if (!work.ok) return work;
      const lines = await besideCorridor(given, (parts) => work.value(openIdentity(parts), thisAccount()));
      if (!lines.ok) return lines;
      for (const line of lines.value) invocation.terminal.out(line);
      return ok(undefined);
    }),
};

/** Does the work and returns the lines to print. */
type Work = (access: Access, by: Actor) => Promise<Result<readonly string[]>>;

function workOf({ words: [verb, name, ...rest], options }: Invocation, config: Config): Result<Work> {
  const username = oneWord(name === undefined ? [] : [name], `whose account: corridor user ${verb} NAME`);
  const tell = (done: Result<AddedUser>) =>
    done.ok ? ok(linesOf(done.value, { config, asJson: options.json === true })) : done;
  const roles = Array.isArray(options.role) ? options.role.map(String) : [];
  switch (verb) {
    case "list":
      return ok(listWork(options));
    case "add": {
      if (!username.ok) return username;
      const order = { username: username.value, display: String(options.display ?? username.value), roles };
      return ok(async (access, by) => tell(await access.addUser(order, by)));
    }
    case "reset":
      return username.ok ? ok(async (access, by) => tell(await access.resetUser(username.value, by))) : username;
    case "reset-factors":
      return username.ok ? ok(resetFactorsWork(username.value, options)) : username;
    case "roles":
      if (!username.ok) return username;
      return ok(async (access, by) => tell(await access.changeUser({ username: username.value, roles: rest }, by)));
    default:
      return failed(
        incorrect("verb-unknown", "Say what to do: corridor user add, list, reset, reset-factors or roles."),
      );
  }
}

function resetFactorsWork(username: string, { reason }: Invocation["options"]): Work {
  return async (access, by) => {
    const reset = await access.resetSecondFactors({ username, reason: String(reason ?? "") }, by);
    return reset.ok ? ok([`${username} signs in by password now, and can set up a second factor again.`]) : reset;
  };
}

const listedMax = 1_000;

function listWork(options: Invocation["options"]): Work {
  return async (access, by) => {
    const find = typeof options.find === "string" ? options.find : undefined;
    const page = await access.listUsers({ find, limit: listedMax }, by);
    if (!page.ok) return page;
    const users = page.value.users.map(({ username, display, roles, active }) => ({
      username,
      display,
      roles,
      active,
    }));
    if (options.json === true) return ok([JSON.stringify(users, null, 2)]);
    const width = Math.max(0, ...users.map(({ username }) => username.length));
    return ok(
      users.map(
        (each) =>
          `${each.username.padEnd(width)}  ${each.display} (${each.roles.join(", ")})${each.active ? "" : ", closed"}`,
      ),
    );
  };
}

function linesOf(
  { user, linkPath }: AddedUser,
  { config, asJson }: { readonly config: Config; readonly asJson: boolean },
) {
  const { username, display, roles } = user;
  const link = linkPath === undefined ? undefined : `${originOf(config)}${linkPath}`;
  if (asJson) return [JSON.stringify({ username, display, roles, link })];
  return [
    `${username}: ${display} (${roles.join(", ")})`,
    ...(link === undefined ? [] : [`Set the password here, once: ${link}`]),
  ];
}

/** Where people reach Corridor, as far as the settings say. */
function originOf({ publicOrigin, host, httpPort }: Config): string {
  return publicOrigin ?? `http://${host.includes(":") ? `[${host}]` : host}:${httpPort}`;
}
