import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { conflict, failed, ok, toIso } from "#kernel";
import { writeBackup } from "../backup/backup.ts";
import { systemClock } from "../clock.ts";
import { besideCorridor } from "../compose/beside.ts";
import { noteBackup } from "../compose/identity.ts";
import { lockIn } from "./backup-keys.ts";
import type { Command } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { withSettings } from "./settings.ts";

export const backup: Command = {
  help: `corridor backup [FILE] [--encrypt-to age1… …] [--passphrase-file FILE] [--json]

Writes everything that Corridor keeps, as it is at one moment, into one file: the record with its history, the audit
log, every message and document as received, and every image. Corridor may go on working meanwhile.
The file is a tar archive that only its owner can read; without FILE it is named after the time.
It holds personal data. Without more it is not encrypted: keep it as safe as Corridor itself.
With --encrypt-to it opens only for the holder of that key (age-keygen makes one; several may be named), with
--passphrase-file for who knows the first line of that file. The file is then one of age (age-encryption.org).
Put it back with corridor restore. Taking a backup is in the audit log.`,
  options: {
    "encrypt-to": { type: "string", multiple: true },
    "passphrase-file": { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 1,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const { options, words, terminal } = invocation;
      const lock = await lockIn(options);
      if (!lock.ok) return lock;
      const path = resolve(words[0] ?? `${defaultName()}${lock.value === undefined ? "" : ".age"}`);
      if (existsSync(path)) return failed(conflict("file-exists", `${path} exists already: name another file.`));
      const written = await besideCorridor(given, async (parts) => {
        const noted = await noteBackup(parts);
        if (!noted.ok) return noted;
        const { target, blobs, imageBlobs: images } = parts;
        const bar = progressBar(terminal, { label: "Backing up", unit: "rows and files" });
        const where = { target, blobs, images, path, lock: lock.value };
        return writeBackup({ ...where, clock: systemClock, progress: bar.update }).finally(bar.finish);
      });
      if (!written.ok) return written;
      const { rows, files, position } = written.value;
      if (options.json === true)
        terminal.out(JSON.stringify({ path, rows, files, position, encrypted: lock.value !== undefined }));
      else terminal.out(`Backed up to ${path}: ${rows} rows and ${files} files, up to change ${position}.`);
      return ok(undefined);
    }),
};

/** `corridor-20261123-093000.tar` */
function defaultName(): string {
  const [date, time] = toIso(systemClock.now())
    .replace(/[-:]|\.\d+Z$/g, "")
    .split("T");
  return `corridor-${date}-${time}.tar`;
}
