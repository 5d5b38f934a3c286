import type { Access } from "#access";
import type { Addresses } from "../compose/doors.ts";
import { thisAccount } from "../compose/identity.ts";
import { startCorridor } from "../compose.ts";
import { readConfig } from "../config.ts";
import { jsonLog } from "../log.ts";
import type { Command } from "./command.ts";
import { runUntilStopped } from "./lifetime.ts";
import { startProgress } from "./start-progress.ts";
import { type Terminal, tellProblems } from "./terminal.ts";

export const serve: Command = {
  help: `corridor serve [--json]

Starts Corridor in the data folder and stays until it is stopped (Ctrl-C or SIGTERM).
With --json the addresses are printed as one line of JSON on standard output.`,
  options: { json: { type: "boolean" } },
  wordsMax: 0,
  run: async ({ options, environment, terminal }) => {
    const config = readConfig(environment);
    if (!config.ok) {
      tellProblems(terminal, config.problems);
      return 1;
    }
    const log = jsonLog(config.value.logLevel);
    const progress = startProgress(terminal);
    return runUntilStopped(async () => {
      const started = await startCorridor({ config: config.value, log, progress });
      if (!started.ok) return started;
      const { addresses, access } = started.value;
      if (options.json === true) terminal.out(JSON.stringify(addresses));
      else tellAddresses(addresses, terminal);
      await tellFirstAdministrator(access, addresses.http, terminal);
      return started;
    }, terminal);
  },
};

function tellAddresses({ http, mllp }: Addresses, terminal: Terminal): void {
  terminal.out("Corridor is ready.");
  terminal.out(`  Web app and FHIR   ${http}`);
  terminal.out(`  HL7 v2 over MLLP   ${mllp ?? "no link listens"}`);
}

/** Until somebody has used one, each start prints a link to set the first password. */
async function tellFirstAdministrator(access: Access, address: string, terminal: Terminal): Promise<void> {
  const first = await access.firstAdministrator(thisAccount());
  if (!first.ok) return tellProblems(terminal, first.problems);
  if (first.value?.linkPath === undefined) return;
  terminal.err(
    `Nobody can sign in yet. Set the password of the administrator (user name ${first.value.user.username}) here:`,
  );
  terminal.err(`  ${address}${first.value.linkPath}`);
}
