import { type Access, type Actor, isServiceUse } from "#access";
import { failed, incorrect, notFound, ok, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { openIdentity, thisAccount } from "../compose/identity.ts";
import type { Command, Invocation } from "./command.ts";
import { withSettings } from "./settings.ts";
import { parseLife } from "./token.ts";

export const serviceAccount: Command = {
  help: `corridor service-account add NAME --use application --purpose "Reads results for the ward's app" --scope SCOPE
corridor service-account list
corridor service-account key NAME [--ttl 90d] [--name "November"]
corridor service-account end NAME KEY
corridor service-account close NAME

A service account is a system that connects: an application, a link, a dicom-node, a directory (SCIM) or a script.
key prints one more key, this once; the old ones work on until they are ended: so a key is exchanged without a gap.
KEY is what list prints before a key, or the beginning of it. close ends all at once, for good keys and bad.
A key that is ended works for up to 15 seconds more in a Corridor that runs. SCOPE is as for corridor token.`,
  options: {
    use: { type: "string" },
    purpose: { type: "string" },
    scope: { type: "string" },
    ttl: { type: "string" },
    name: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 3,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const lines = await besideCorridor(given, (parts) => work(openIdentity(parts), thisAccount(), invocation));
      if (!lines.ok) return lines;
      for (const line of lines.value) invocation.terminal.out(line);
      return ok(undefined);
    }),
};

type Lines = Promise<Result<readonly string[]>>;

async function work(access: Access, by: Actor, { words, options }: Invocation): Lines {
  const [verb, name = "", key = ""] = words;
  if (verb === "add") return add(access, by, { ...options, account: name });
  const list = await access.serviceAccounts.list(by);
  if (!list.ok) return list;
  if (verb === "list") return ok(listLines(list.value, options.json === true));
  const held = list.value.accounts.find(({ account }) => account.name.toLowerCase() === name.toLowerCase());
  if (held === undefined) return failed(notFound("not-found", `There is no service account ${name}.`));
  const { id } = held.account;
  switch (verb) {
    case "key": {
      const lifeMs = parseLife(String(options.ttl ?? "90d"));
      if (!lifeMs.ok) return lifeMs;
      const order = { serviceAccountId: id, name: String(options.name ?? "command line"), lifeMs: lifeMs.value };
      const made = await access.serviceAccounts.addKey(order, by);
      if (!made.ok) return made;
      return ok([options.json === true ? JSON.stringify(made.value) : made.value.token]);
    }
    case "end": {
      const named = held.keys.filter((each) => key !== "" && each.id.startsWith(key));
      const [only] = named;
      if (only === undefined || named.length > 1) return failed(notFound("not-found", `There is no one key ${key}.`));
      const ended = await access.serviceAccounts.endKey(only.id, by);
      return ended.ok ? ok([`${only.name} is ended.`]) : ended;
    }
    case "close": {
      const closed = await access.serviceAccounts.change({ id, active: false }, by);
      return closed.ok ? ok([`${held.account.name} is closed.`]) : closed;
    }
    default:
      return failed(
        incorrect("verb-unknown", "Say what to do: corridor service-account add, list, key, end or close."),
      );
  }
}

async function add(access: Access, by: Actor, given: Invocation["options"] & { readonly account: string }): Lines {
  const { account: name, use, purpose, scope } = given;
  if (name === "" || typeof purpose !== "string" || typeof scope !== "string" || !isServiceUse(String(use))) {
    const text = "Give a name, --purpose, --scope, and --use application, link, dicom-node, directory or script.";
    return failed(incorrect("words-missing", text));
  }
  const order = { name, use: String(use) as "script", purpose, scope };
  const added = await access.serviceAccounts.add(order, by);
  return added.ok ? ok([`${added.value.name} is there. Make a key: corridor service-account key "${name}"`]) : added;
}

type List = Extract<Awaited<ReturnType<Access["serviceAccounts"]["list"]>>, { ok: true }>["value"];

function listLines({ accounts, tokens }: List, asJson: boolean): readonly string[] {
  if (asJson) return [JSON.stringify({ accounts, tokens }, null, 2)];
  return [
    ...accounts.flatMap(({ account, keys }) => [
      `${account.name} (${account.use}): ${account.purpose}${account.active ? "" : ", closed"}`,
      `  may: ${account.scope}`,
      ...keys.map(keyLine),
    ]),
    ...(tokens.length === 0 ? [] : ["Tokens without an account", ...tokens.map(keyLine)]),
  ];
}

function keyLine({ id, name, expires, lastUsed, ended }: List["tokens"][number]): string {
  const state = ended === undefined ? `until ${expires}` : `ended ${ended}`;
  return `  ${id.slice(0, 8)}  ${name}, ${state}, ${lastUsed === undefined ? "never used" : `last used ${lastUsed}`}`;
}
