import { failed, incorrect, ok } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { rotateKey } from "../compose/rotate-key.ts";
import { sealKeyFile } from "../compose/seal-key-file.ts";
import type { Command } from "./command.ts";
import { withSettings } from "./settings.ts";

export const key: Command = {
  help: `corridor key rotate [--json]

Makes a new key for what is sealed in the database (identity.key of the data folder), seals everything by it, and forgets
the old one. Corridor may go on working meanwhile. Cut short at any moment, everything still opens, and the next
corridor key rotate finishes it.
Where CORRIDOR_IDENTITY_KEY is set, put the new key before the old one with a comma, restart every Corridor with it, run
this, and take the old one away.
Keep a copy of the new key apart from the backups. It is in the audit log.`,
  options: { json: { type: "boolean" } },
  wordsMax: 1,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const { words, options, terminal } = invocation;
      const { config } = given;
      if (words[0] !== "rotate") return failed(incorrect("verb-unknown", "Say what to do: corridor key rotate."));
      const rotated = await besideCorridor(given, (parts, isBesideOther) =>
        rotateKey(parts, { config, isAlone: !isBesideOther && config.databaseUrl === undefined }),
      );
      if (!rotated.ok) return rotated;
      const { resealed, isFinished } = rotated.value;
      const isSet = config.identityKey.length > 0;
      const what = isFinished ? "The rotation that was cut short is finished" : "There is a new key";
      const where = isSet ? "Everything is sealed by the first key of CORRIDOR_IDENTITY_KEY" : what;
      if (options.json === true) terminal.out(JSON.stringify({ resealed, isFinished }));
      else terminal.out(`${where}: ${resealed} documents sealed anew.`);
      if (!isSet) terminal.err(`Keep a copy of ${sealKeyFile(config)} apart from the backups.`);
      return ok(undefined);
    }),
};
