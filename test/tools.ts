/** Outside programs that tests use, found in one place. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

interface Tool {
  /** Names it goes by, the usual one first. */
  readonly commands: readonly string[];
  /** How to install it on Debian or Ubuntu. */
  readonly install: string;
}

const tools = {
  chromium: { commands: ["chromium", "chromium-browser", "google-chrome"], install: "apt-get install chromium" },
  curl: { commands: ["curl"], install: "apt-get install curl" },
  openssl: { commands: ["openssl"], install: "apt-get install openssl" },
  sshd: { commands: ["sshd"], install: "apt-get install openssh-server" },
  "ssh-keygen": { commands: ["ssh-keygen"], install: "apt-get install openssh-client" },
  dciodvfy: { commands: ["dciodvfy"], install: "apt-get install dicom3tools" },
  storescu: { commands: ["storescu"], install: "apt-get install dcmtk" },
  mllp_send: { commands: ["mllp_send"], install: "apt-get install python3-hl7" },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

/** Either the path of a program, or the reason to skip the tests that need it, as `node:test` takes it. */
export type FoundTool = { readonly path: string; readonly skip: false } | { readonly path: ""; readonly skip: string };

/**
 * Where a program is. A missing one gives the reason to skip, with how to install it; with `CORRIDOR_REQUIRE_TOOLS=1`
 * it throws instead, so that in CI nothing is skipped unseen.
 */
export function requireTool(name: ToolName): FoundTool {
  const tool: Tool = tools[name];
  const path = tool.commands.flatMap(onPath)[0];
  if (path !== undefined) return { path, skip: false };
  const reason = `${name} is not installed: ${tool.install}`;
  if (process.env.CORRIDOR_REQUIRE_TOOLS === "1") throw new Error(reason);
  return { path: "", skip: reason };
}

function onPath(command: string): readonly string[] {
  // Servers such as sshd stand where only the path of root leads.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"].filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
